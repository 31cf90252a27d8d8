import { lastFourOf } from '../identity/hash-id-token.ts'

const TOKEN_KEYS = new Set(['idTag', 'parentIdTag', 'idToken'])
const TOKEN = /"(idTag|parentIdTag|idToken)"(\s*:\s*)"((?:[^"\\]|\\.){0,512})"/g

/** Certificates and sealed contracts: they name a person's contract, and nobody reads them in a log. */
const LONG_KEYS = new Set(['certificate', 'exiRequest', 'exiResponse'])
const LONG = /"(certificate|exiRequest|exiResponse)"(\s*:\s*)"((?:[^"\\]|\\.)*)"/g
const shortened = (text: string) => `*** ${text.length} characters`

const masked = (token: string) => `***${lastFourOf(token)}`

const withoutTokens = (frame: string): string =>
  frame.includes('dT')
    ? frame.replace(TOKEN, (_, key: string, colon: string, token: string) => `"${key}"${colon}"${masked(token).replaceAll(/["\\]/g, '')}"`)
    : frame

/** Looks for letters that frames seldom have: a search that begins with a quote stops at every key. */
const withoutContracts = (frame: string): string =>
  frame.includes('ficate"') || frame.includes('xiRe')
    ? frame.replace(LONG, (_, key: string, colon: string, text: string) => `"${key}"${colon}"${shortened(text)}"`)
    : frame

/** A frame as it was on the wire, but for id tokens, of which only the last characters are kept, and for contracts. */
export const maskFrame = (frame: string): string => withoutContracts(withoutTokens(frame))

const maskText = (key: string, text: string) => (TOKEN_KEYS.has(key) ? masked(text) : LONG_KEYS.has(key) ? shortened(text) : text)

/** The same for a payload that is kept as JSON. */
export function maskPayload(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskPayload)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, typeof item === 'string' ? maskText(key, item) : maskPayload(item)]),
  )
}
