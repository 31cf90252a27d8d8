import type { BitReader } from './bit-reader.ts'
import { ExiFault } from './failure.ts'
import type { SimpleType } from './grammar.ts'
import type { StringPartition } from './string-partition.ts'

/** A value as it stands in a message object. 64-bit and unbounded integers are `bigint`, binary values bytes. */
export type SimpleValue = boolean | number | bigint | string | Uint8Array

const CHUNK = 256

const isCharacter = (point: number): boolean => point < 0xd800 || (point > 0xdfff && point <= 0x10ffff)

/** Longer texts are not worth an attempt that fails at their last character. */
const MOST_ASCII = 128

/** A text of characters below 128, which are bytes of the body, if it is one; nothing is read otherwise. */
const readAscii = (reader: BitReader, count: number): string | undefined => {
  if (count > MOST_ASCII) return undefined
  const start = reader.position
  let text = ''
  for (let index = 0; index < count; index++) {
    const unit = reader.bits(8)
    if (unit < 128) text += String.fromCharCode(unit)
    else {
      reader.position = start
      return undefined
    }
  }
  return text
}

const readCharacters = (reader: BitReader, count: number): string => {
  let text = ''
  const units: number[] = []
  for (let index = 0; index < count; index++) {
    const point = reader.unsigned()
    if (point < 128) units.push(point)
    else if (!isCharacter(point)) throw new ExiFault('character', `${point} is not a Unicode character`)
    else if (point < 0x10000) units.push(point)
    else units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff))
    if (units.length < CHUNK) continue
    text += String.fromCharCode(...units)
    units.length = 0
  }
  return text + String.fromCharCode(...units)
}

/** Where a string is read: the body, what was read before, and whose value it is. */
export interface StringPlace {
  readonly reader: BitReader
  readonly partition: StringPartition
}

const readString = ({ reader, partition }: StringPlace, qname: number): string => {
  const length = reader.unsigned()
  if (length === 0) return partition.local(reader, qname)
  if (length === 1) return partition.global(reader)
  const count = length - 2
  if (count === 0) return ''
  if (count > reader.remaining) throw new ExiFault('length', `${count} characters where ${reader.remaining} bytes are left`)
  const text = readAscii(reader, count) ?? readCharacters(reader, count)
  partition.add(text, qname)
  return text
}

const within = (value: number, { min, max, kind }: SimpleType): number => {
  if (value < min || value > max) throw new ExiFault('range', `${value} is not within ${min} to ${max} (${kind})`)
  return value
}

const U64 = 2n ** 64n
const readLong = (reader: BitReader): bigint => {
  const negative = reader.bits(1) === 1
  const magnitude = reader.unsignedBig()
  if (magnitude >= U64 / 2n) throw new ExiFault('range', 'an integer of more than 64 bits')
  return negative ? -1n - magnitude : magnitude
}

const readBig = (reader: BitReader): bigint => {
  const negative = reader.bits(1) === 1
  const magnitude = reader.unsignedBig()
  return negative ? -1n - magnitude : magnitude
}

const readUnsignedLong = (reader: BitReader): bigint => {
  const value = reader.unsignedBig()
  if (value >= U64) throw new ExiFault('range', 'an integer of more than 64 bits')
  return value
}

const readInteger = (reader: BitReader): number => {
  const negative = reader.bits(1) === 1
  const magnitude = reader.unsigned()
  return negative ? -1 - magnitude : magnitude
}

const readEnumeration = (reader: BitReader, { width, values }: SimpleType): string => {
  const value = values[reader.bits(width)]
  if (value === undefined) throw new ExiFault('range', 'an enumeration has no such value')
  return value
}

/** Reads one value of a datatype, EXI 1.0 section 7.1. Lengths of strings and binary values are not held against their facets. */
export const readSimple = (place: StringPlace, type: SimpleType, qname: number): SimpleValue => {
  const { reader } = place
  switch (type.kind) {
    case 'boolean':
      return reader.bits(1) === 1
    case 'enum':
      return readEnumeration(reader, type)
    case 'bits':
      return within(reader.bits(type.width) + type.min, type)
    case 'unsigned':
      return within(reader.unsigned(), type)
    case 'integer':
      return within(readInteger(reader), type)
    case 'unsignedLong':
      return readUnsignedLong(reader)
    case 'long':
      return readLong(reader)
    case 'big':
      return readBig(reader)
    case 'string':
      return readString(place, qname)
    case 'base64':
    case 'hex':
      return reader.copy(reader.unsigned())
  }
}

/** The value of an element that ends where its value should stand. */
export const emptyOf = ({ kind }: SimpleType): SimpleValue => {
  if (kind === 'string') return ''
  if (kind === 'base64' || kind === 'hex') return new Uint8Array(0)
  throw new ExiFault('deviation', `an element without a value (${kind})`)
}
