import type { BitWriter } from './bit-writer.ts'
import { ExiFault } from './failure.ts'
import type { SimpleType } from './grammar.ts'

const wanted = (what: string, value: unknown): ExiFault =>
  new ExiFault('type', `${what} is asked for, not ${value === null ? 'null' : value instanceof Uint8Array ? 'bytes' : typeof value}`)

const wholeWithin = (value: unknown, { min, max }: SimpleType): number => {
  if (typeof value !== 'number') throw wanted('a number', value)
  if (!Number.isInteger(value) || value < min || value > max)
    throw new ExiFault('range', `${value} is not a whole number from ${min} to ${max}`)
  return value
}

const bigOf = (value: unknown, min: bigint | undefined, max: bigint | undefined): bigint => {
  if (typeof value !== 'bigint') throw wanted('a bigint', value)
  if ((min !== undefined && value < min) || (max !== undefined && value > max)) throw new ExiFault('range', `${value} is not of 64 bits`)
  return value
}

const writeString = (writer: BitWriter, value: unknown) => {
  if (typeof value !== 'string') throw wanted('a text', value)
  let points = value.length
  let ascii = true
  // Surrogate pairs are one character of EXI, which counts Unicode code points.
  for (let at = 0; at < value.length; at++) {
    if (value.charCodeAt(at) < 128) continue
    const point = value.codePointAt(at)!
    ascii = false
    if (point >= 0xd800 && point <= 0xdfff) throw new ExiFault('character', 'half of a surrogate pair')
    if (point < 0x10000) continue
    points--
    at++
  }
  writer.unsigned(points + 2)
  if (ascii) return writer.ascii(value)
  for (let at = 0; at < value.length; at++) {
    const point = value.codePointAt(at)!
    writer.unsigned(point)
    if (point > 0xffff) at++
  }
}

const writeBytes = (writer: BitWriter, value: unknown) => {
  if (!(value instanceof Uint8Array)) throw wanted('bytes', value)
  writer.unsigned(value.length)
  writer.raw(value)
}

const writeSigned = (writer: BitWriter, value: number) => {
  writer.bits(value < 0 ? 1 : 0, 1)
  writer.unsigned(value < 0 ? -1 - value : value)
}

const writeSignedBig = (writer: BitWriter, value: bigint) => {
  writer.bits(value < 0n ? 1 : 0, 1)
  writer.unsignedBig(value < 0n ? -1n - value : value)
}

const codeOf = (value: unknown, { codes }: SimpleType): number => {
  if (typeof value !== 'string') throw wanted('a value of an enumeration', value)
  const code = codes.get(value)
  if (code === undefined) throw new ExiFault('range', `"${value.slice(0, 60)}" is none of ${[...codes.keys()].slice(0, 8).join(', ')}`)
  return code
}

/** Writes one value of a datatype, EXI 1.0 section 7.1; throws `type` or `range` where it is not one. */
export const writeSimple = (writer: BitWriter, type: SimpleType, value: unknown) => {
  switch (type.kind) {
    case 'boolean':
      if (typeof value !== 'boolean') throw wanted('a boolean', value)
      return writer.bits(value ? 1 : 0, 1)
    case 'enum':
      return writer.bits(codeOf(value, type), type.width)
    case 'bits':
      return writer.bits(wholeWithin(value, type) - type.min, type.width)
    case 'unsigned':
      return writer.unsigned(wholeWithin(value, type))
    case 'integer':
      return writeSigned(writer, wholeWithin(value, type))
    case 'unsignedLong':
      return writer.unsignedBig(bigOf(value, 0n, 2n ** 64n - 1n))
    case 'long':
      return writeSignedBig(writer, bigOf(value, -(2n ** 63n), 2n ** 63n - 1n))
    case 'big':
      return writeSignedBig(writer, bigOf(value, undefined, undefined))
    case 'string':
      return writeString(writer, value)
    case 'base64':
    case 'hex':
      return writeBytes(writer, value)
  }
}
