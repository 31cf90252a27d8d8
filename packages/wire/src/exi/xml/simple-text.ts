import { ExiFault } from '../failure.ts'
import type { SimpleValue } from '../read-simple.ts'
import type { SimpleType } from '../simple-type.ts'

const unreadable = (what: string, text: string) => new ExiFault('range', `"${text.slice(0, 60)}" is not ${what}`)

const wholeOf = (text: string): bigint => {
  const digits = text.trim()
  if (!/^[+-]?\d{1,1200}$/.test(digits)) throw unreadable('a whole number', text)
  return BigInt(digits.replace('+', ''))
}

const booleanOf = (text: string): boolean => {
  const word = text.trim()
  if (word === 'true' || word === '1') return true
  if (word === 'false' || word === '0') return false
  throw unreadable('a boolean', text)
}

const bytesOf = (text: string, kind: 'base64' | 'hex'): Uint8Array => {
  const compact = text.replaceAll(/[ \t\r\n]/g, '')
  try {
    return kind === 'hex' ? Uint8Array.fromHex(compact) : Uint8Array.fromBase64(compact)
  } catch {
    throw unreadable(kind, text)
  }
}

const rangedOf = (text: string, { min, max }: SimpleType): number => {
  const value = Number(wholeOf(text))
  if (value < min || value > max) throw new ExiFault('range', `${value} is not within ${min} to ${max}`)
  return value
}

/** The value that an XML text is of a datatype. Throws `range` where it is none. */
export const valueOfText = (text: string, type: SimpleType): SimpleValue => {
  switch (type.kind) {
    case 'boolean':
      return booleanOf(text)
    case 'enum': {
      const value = text.trim()
      if (!type.codes.has(value)) throw unreadable(`one of ${type.values.slice(0, 8).join(', ')}`, text)
      return value
    }
    case 'bits':
    case 'unsigned':
    case 'integer':
      return rangedOf(text, type)
    case 'unsignedLong':
    case 'long':
    case 'big':
      return wholeOf(text)
    case 'string':
      return text
    case 'base64':
    case 'hex':
      return bytesOf(text, type.kind)
  }
}

/** XML 1.0 section 2.2: what a text may consist of; others cannot be written at all. */
const NO_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

export const escaped = (text: string): string => {
  if (NO_XML.test(text)) throw new ExiFault('character', 'a character that XML cannot hold')
  return text.replaceAll(/[&<>"\t\n\r]/g, (character) => ESCAPES[character]!)
}

/** A value as XML text, not escaped: canonical forms of XML Schema. */
export const textOfValue = (value: unknown, { kind }: SimpleType): string => {
  if (value instanceof Uint8Array) return kind === 'hex' ? value.toHex().toUpperCase() : value.toBase64()
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value)
  throw new ExiFault('type', `a value of ${kind} is asked for`)
}
