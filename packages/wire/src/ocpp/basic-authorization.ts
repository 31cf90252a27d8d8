import { fail, ok, type Result } from '@voltway/units'

export interface BasicCredentials {
  readonly username: string
  /** Bytes, since stations send text, hexadecimal text or raw bytes. */
  readonly password: Uint8Array
}
export type BasicFailure = 'missing' | 'notBasic' | 'malformed'

const MAX_HEADER = 1024
const BASIC = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i
const COLON = 0x3a
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Reads an `Authorization` header of the Basic scheme (RFC 7617); the user name is the OCPP identity. */
export function parseBasicAuthorization(header: string | undefined): Result<BasicCredentials, BasicFailure> {
  if (header === undefined || header === '') return fail('missing')
  if (!/^basic /i.test(header)) return fail('notBasic')
  const [, encoded] = header.length <= MAX_HEADER ? (BASIC.exec(header) ?? []) : []
  const bytes = encoded === undefined ? undefined : decoded(encoded)
  const colon = bytes?.indexOf(COLON) ?? -1
  if (!bytes || colon < 1) return fail('malformed')
  try {
    return ok({ username: utf8.decode(bytes.subarray(0, colon)), password: bytes.slice(colon + 1) })
  } catch {
    return fail('malformed')
  }
}

/** Padding may be left out. */
function decoded(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.fromBase64(base64)
  } catch {
    return undefined
  }
}

const HEX = /^(?:[0-9A-Fa-f]{2})+$/

/**
 * The secrets that a password sent by a station may stand for: its bytes as they are, the bytes that its hexadecimal
 * text spells, and its bytes spelled in hexadecimal in both cases. Compare each in constant time.
 */
export function passwordForms(password: Uint8Array): readonly Uint8Array[] {
  const text = String.fromCharCode(...password.subarray(0, MAX_HEADER))
  const hex = password.toHex()
  const spelled = HEX.test(text) ? [Uint8Array.fromHex(text)] : []
  const encoder = new TextEncoder()
  return [password, ...spelled, encoder.encode(hex), encoder.encode(hex.toUpperCase())]
}
