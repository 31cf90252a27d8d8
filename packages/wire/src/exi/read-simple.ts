import type { BitReader } from './bit-reader.ts'
import { bytesBreach, textBreach } from './facets.ts'
import { type ExiDeviation, ExiFault, pathOf } from './failure.ts'
import type { SimpleType } from './simple-type.ts'
import type { StringPartition } from './string-partition.ts'

/** A value as it stands in a message object. 64-bit and unbounded integers are `bigint`, binary values bytes. */
export type SimpleValue = boolean | number | bigint | string | Uint8Array

/** A body that is being read: its bits, the texts that were read before, where it has come to and what was odd. */
export interface Decoding {
  readonly reader: BitReader
  readonly partition: StringPartition
  /** The names of the elements that are open; only the first `depth` count. */
  readonly path: string[]
  depth: number
  deviations: ExiDeviation[] | undefined
  /** Those that stood before. */
  ids: Set<string>
}

const CHUNK = 256
const isCharacter = (point: number): boolean => point < 0xd800 || (point > 0xdfff && point <= 0x10ffff)

/** Longer texts are not worth an attempt that fails at their last character. */
const MOST_ASCII = 128

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

/** Lenient in: a value of a length or form that the schema does not allow is read, and told. */
const tell = (decoding: Decoding, message: string) => {
  const { reader, path, depth } = decoding
  decoding.deviations ??= []
  decoding.deviations.push({ message, bitOffset: reader.position, path: pathOf(path, depth) })
}

const checkText = (decoding: Decoding, type: SimpleType, text: string): string => {
  const breach = textBreach(text, type, decoding.ids)
  if (breach !== undefined) tell(decoding, breach)
  return text
}

const checkBytes = (decoding: Decoding, type: SimpleType, bytes: Uint8Array): Uint8Array => {
  const breach = bytesBreach(bytes, type)
  if (breach !== undefined) tell(decoding, breach)
  return bytes
}

const readString = (decoding: Decoding, type: SimpleType, qname: number): string => {
  const { reader, partition } = decoding
  const length = reader.unsigned()
  if (length === 0) return checkText(decoding, type, partition.local(reader, qname))
  if (length === 1) return checkText(decoding, type, partition.global(reader))
  const count = length - 2
  if (count > reader.remaining) throw new ExiFault('length', `${count} characters where ${reader.remaining} bytes are left`)
  const text = (count <= MOST_ASCII ? reader.ascii(count) : undefined) ?? readCharacters(reader, count)
  if (count > 0) partition.add(text, qname)
  return checkText(decoding, type, text)
}

const readBytes = (decoding: Decoding, type: SimpleType): Uint8Array => {
  const { reader } = decoding
  return checkBytes(decoding, type, reader.copy(reader.unsigned()))
}

const within = (value: number, { min, max, kind }: SimpleType): number => {
  if (value < min || value > max) throw new ExiFault('range', `${value} is not within ${min} to ${max} (${kind})`)
  return value
}

const MAGNITUDE = 2n ** 63n
const readLong = (reader: BitReader): bigint => {
  const negative = reader.bits(1) === 1
  const magnitude = reader.unsignedLong()
  if (magnitude >= MAGNITUDE) throw new ExiFault('range', 'an integer of more than 64 bits')
  return negative ? -1n - magnitude : magnitude
}

const readBig = (reader: BitReader): bigint => {
  const negative = reader.bits(1) === 1
  const magnitude = reader.unsignedBig()
  return negative ? -1n - magnitude : magnitude
}

const readInteger = (reader: BitReader): number => {
  const negative = reader.bits(1) === 1
  const magnitude = reader.unsigned()
  return negative ? -1 - magnitude : magnitude
}

/** The value of a datatype of fixed width: boolean, enumeration or n-bit integer. */
export const valueOfBits = (bits: number, type: SimpleType): SimpleValue => {
  if (type.kind === 'bits') return within(bits + type.min, type)
  if (type.kind === 'boolean') return bits === 1
  const value = type.values[bits]
  if (value === undefined) throw new ExiFault('range', 'an enumeration has no such value')
  return value
}

/** Reads one value of a datatype, EXI 1.0 section 7.1. Texts and binary values of a length that is not allowed are read and told. */
export const readSimple = (decoding: Decoding, type: SimpleType, qname: number): SimpleValue => {
  const { reader } = decoding
  switch (type.kind) {
    case 'boolean':
    case 'enum':
    case 'bits':
      return valueOfBits(reader.bits(type.width), type)
    case 'unsigned':
      return within(reader.unsigned(), type)
    case 'integer':
      return within(readInteger(reader), type)
    case 'unsignedLong':
      return reader.unsignedLong()
    case 'long':
      return readLong(reader)
    case 'big':
      return readBig(reader)
    case 'string':
      return readString(decoding, type, qname)
    case 'base64':
    case 'hex':
      return readBytes(decoding, type)
  }
}

/** The value of an element that ends where its value should stand. */
export const readEmpty = (decoding: Decoding, type: SimpleType): SimpleValue => {
  const { kind } = type
  if (kind !== 'string' && kind !== 'base64' && kind !== 'hex') throw new ExiFault('deviation', `an element without a value (${kind})`)
  if (kind === 'string') return checkText(decoding, type, '')
  return checkBytes(decoding, type, new Uint8Array(0))
}
