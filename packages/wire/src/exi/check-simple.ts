import { breachOf } from './facets.ts'
import { ExiFault } from './failure.ts'
import type { SimpleType } from './simple-type.ts'

const wanted = (what: string, value: unknown): ExiFault =>
  new ExiFault('type', `${what} is asked for, not ${value === null ? 'null' : value instanceof Uint8Array ? 'bytes' : typeof value}`)

export const booleanOf = (value: unknown): boolean => {
  if (typeof value !== 'boolean') throw wanted('a boolean', value)
  return value
}

export const wholeWithin = (value: unknown, { min, max }: SimpleType): number => {
  if (typeof value !== 'number') throw wanted('a number', value)
  if (!Number.isInteger(value) || value < min || value > max)
    throw new ExiFault('range', `${value} is not a whole number from ${min} to ${max}`)
  return value
}

export const bigOf = (value: unknown, kind: 'unsignedLong' | 'long' | 'big'): bigint => {
  if (typeof value !== 'bigint') throw wanted('a bigint', value)
  const cut = kind === 'unsignedLong' ? BigInt.asUintN(64, value) : kind === 'long' ? BigInt.asIntN(64, value) : value
  if (cut !== value) throw new ExiFault('range', `${value} is not of 64 bits`)
  return value
}

export const textOf = (value: unknown): string => {
  if (typeof value !== 'string') throw wanted('a text', value)
  return value
}

export const bytesOf = (value: unknown): Uint8Array => {
  if (!(value instanceof Uint8Array)) throw wanted('bytes', value)
  return value
}

/** The place of a value in its enumeration. */
export const codeOf = (value: unknown, { codes }: SimpleType): number => {
  if (typeof value !== 'string') throw wanted('a value of an enumeration', value)
  const code = codes.get(value)
  if (code === undefined) throw new ExiFault('range', `"${value.slice(0, 60)}" is none of ${[...codes.keys()].slice(0, 8).join(', ')}`)
  return code
}

/** Where values are written: how strictly, and the Ids that stood before. */
export interface Strictness {
  readonly lenient: boolean
  readonly ids: Set<string>
}

/** Holds a value against its datatype as encoding does. Throws `type` or `range`, and `facet` unless it is lenient. */
export const checkSimple = (value: unknown, type: SimpleType, { lenient, ids }: Strictness) => {
  switch (type.kind) {
    case 'boolean':
      return booleanOf(value)
    case 'enum':
      return codeOf(value, type)
    case 'bits':
    case 'unsigned':
    case 'integer':
      return wholeWithin(value, type)
    case 'unsignedLong':
    case 'long':
    case 'big':
      return bigOf(value, type.kind)
    case 'string':
      textOf(value)
      break
    case 'base64':
    case 'hex':
      bytesOf(value)
  }
  const breach = lenient ? undefined : breachOf(value, type, ids)
  if (breach !== undefined) throw new ExiFault('facet', breach)
}
