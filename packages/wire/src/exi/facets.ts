import type { SimpleType } from './simple-type.ts'

/** Unicode characters of a text: what EXI counts, and what lengths of XML Schema are in. */
export const charactersOf = (text: string): number => {
  let count = text.length
  for (let at = 0; at < text.length; at++) {
    if (text.codePointAt(at)! < 0x10000) continue
    count--
    at++
  }
  return count
}

const isLengthAllowed = (length: number, { min, max }: SimpleType): boolean => length >= min && length <= max

/** What to say of a text or binary value of a length that its type does not allow (`length`, `minLength`, `maxLength`). */
const lengthBreach = (length: number, { kind, min, max }: SimpleType): string => {
  const unit = kind === 'string' ? 'characters' : 'bytes'
  const allowed = min === max ? `${min}` : max === Number.POSITIVE_INFINITY ? `at least ${min}` : `${min} to ${max}`
  return `${length} ${unit} where ${allowed} are allowed`
}

const FIRST =
  'A-Z_a-z\\u{c0}-\\u{d6}\\u{d8}-\\u{f6}\\u{f8}-\\u{2ff}\\u{370}-\\u{37d}\\u{37f}-\\u{1fff}\\u{200c}\\u{200d}\\u{2070}-\\u{218f}' +
  '\\u{2c00}-\\u{2fef}\\u{3001}-\\u{d7ff}\\u{f900}-\\u{fdcf}\\u{fdf0}-\\u{fffd}\\u{10000}-\\u{effff}'
/** Namespaces in XML 1.0 section 3, NCName: a name without a colon. */
const NAME = new RegExp(`^[${FIRST}][${FIRST}\\-.0-9\\u{b7}\\u{300}-\\u{36f}\\u{203f}\\u{2040}]*$`, 'u')
const isLetter = (unit: number): boolean => ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a) || unit === 0x5f
const isLaterInName = (unit: number): boolean => (unit >= 0x30 && unit <= 0x39) || unit === 0x2d || unit === 0x2e

/** Nearly all are of letters and digits of ASCII: those are seen in a tenth of the time that the pattern takes. */
const isName = (text: string): boolean => {
  let at = 0
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (!isLetter(unit) && !(at > 0 && isLaterInName(unit))) return NAME.test(text)
  }
  return at > 0
}

const BROKEN_ESCAPE = /%(?![0-9A-Fa-f]{2})/

/** XML Schema 1.0 part 2 section 3.2.17: most characters are let be, being escaped on the way; `%` begins an escape, one `#` a fragment. */
const isUri = (text: string): boolean => {
  const fragment = text.indexOf('#')
  if (fragment >= 0 && text.includes('#', fragment + 1)) return false
  return !text.includes('%') || !BROKEN_ESCAPE.test(text)
}

const shownOf = (text: string): string => JSON.stringify(text.slice(0, 60))

/** What to say of a text that is not of the form of its type (`xs:ID`, `xs:anyURI`); undefined where it is. */
const formBreach = (text: string, { form }: SimpleType, ids: Set<string>): string | undefined => {
  if (form === undefined) return undefined
  if (form === 'uri') return isUri(text) ? undefined : `${shownOf(text)} is no URI`
  if (!isName(text)) return `${shownOf(text)} is no name, as an Id has to be`
  if (ids.has(text)) return `the Id ${shownOf(text)} stands twice`
  ids.add(text)
  return undefined
}

/**
 * What to say of a text that its type does not allow: of its length, else of its form; undefined where it does.
 * @param ids those that stood in the document before; an Id of an allowed length becomes one of them
 */
export const textBreach = (text: string, type: SimpleType, ids: Set<string>): string | undefined => {
  // A character is one unit of a string or two: most texts need not be counted.
  if (text.length > type.max || text.length < 2 * type.min) {
    const count = charactersOf(text)
    if (!isLengthAllowed(count, type)) return lengthBreach(count, type)
  }
  return formBreach(text, type, ids)
}

/** What to say of a binary value whose length its type does not allow; undefined where it does. */
export const bytesBreach = ({ length }: Uint8Array, type: SimpleType): string | undefined =>
  isLengthAllowed(length, type) ? undefined : lengthBreach(length, type)

/** What to say of a text or binary value that its type does not allow; undefined where it does, and of other values. */
export const breachOf = (value: unknown, type: SimpleType, ids: Set<string>): string | undefined => {
  if (typeof value === 'string' && type.kind === 'string') return textBreach(value, type, ids)
  return value instanceof Uint8Array ? bytesBreach(value, type) : undefined
}
