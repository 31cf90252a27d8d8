import { lastFourOf } from '../identity/hash-id-token.ts'

const TOKEN_KEYS = new Set(['idTag', 'parentIdTag', 'idToken'])
const TOKEN = /"(idTag|parentIdTag|idToken)"(\s*:\s*)"((?:[^"\\]|\\.){0,512})"/g

const masked = (token: string) => `***${lastFourOf(token)}`

/** A frame as it was on the wire, but for id tokens, of which only the last characters are kept. */
export const maskFrame = (frame: string): string =>
  frame.includes('dT')
    ? frame.replace(TOKEN, (_, key: string, colon: string, token: string) => `"${key}"${colon}"${masked(token).replaceAll(/["\\]/g, '')}"`)
    : frame

/** The same for a payload that is kept as JSON. */
export function maskPayload(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskPayload)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, TOKEN_KEYS.has(key) && typeof item === 'string' ? masked(item) : maskPayload(item)]),
  )
}
