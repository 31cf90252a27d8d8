import type { SimpleType } from './grammar.ts'

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

export const isLengthAllowed = (length: number, { min, max }: SimpleType): boolean => length >= min && length <= max

/** What to say of a text or binary value of a length that its type does not allow (`length`, `minLength`, `maxLength`). */
export const lengthBreach = (length: number, { kind, min, max }: SimpleType): string => {
  const unit = kind === 'string' ? 'characters' : 'bytes'
  const allowed = min === max ? `${min}` : max === Number.POSITIVE_INFINITY ? `at least ${min}` : `${min} to ${max}`
  return `${length} ${unit} where ${allowed} are allowed`
}

/** The same of a value that is at hand; undefined where its length is allowed or it has none. */
export const breachOf = (value: unknown, type: SimpleType): string | undefined => {
  const length =
    typeof value === 'string' && type.kind === 'string' ? charactersOf(value) : value instanceof Uint8Array ? value.length : undefined
  return length === undefined || isLengthAllowed(length, type) ? undefined : lengthBreach(length, type)
}
