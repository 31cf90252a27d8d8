import type { BitWriter } from './bit-writer.ts'
import { bigOf, booleanOf, bytesOf, codeOf, type Strictness, textOf, wholeWithin } from './check-simple.ts'
import { bytesBreach, charactersOf, textBreach } from './facets.ts'
import { ExiFault } from './failure.ts'
import type { SimpleType } from './simple-type.ts'

/** Where values are written, and whether it is let be what their types do not allow. */
export interface WritePlace extends Strictness {
  readonly writer: BitWriter
}

export const writeString = (place: WritePlace, type: SimpleType, value: string) => {
  const { writer, lenient, ids } = place
  const breach = lenient ? undefined : textBreach(value, type, ids)
  if (breach !== undefined) throw new ExiFault('facet', breach)
  if (writer.ascii(value)) return
  // Surrogate pairs are one character of EXI, which counts Unicode code points.
  const count = charactersOf(value)
  writer.unsigned(count + 2)
  for (let at = 0; at < value.length; at++) {
    const point = value.codePointAt(at)!
    if (point >= 0xd800 && point <= 0xdfff) throw new ExiFault('character', 'half of a surrogate pair')
    writer.unsigned(point)
    if (point > 0xffff) at++
  }
}

export const writeBytes = (place: WritePlace, type: SimpleType, value: Uint8Array) => {
  const { writer, lenient } = place
  const breach = lenient ? undefined : bytesBreach(value, type)
  if (breach !== undefined) throw new ExiFault('facet', breach)
  writer.unsigned(value.length)
  writer.raw(value)
}

const writeSigned = (writer: BitWriter, value: number) => {
  writer.bits(value < 0 ? 1 : 0, 1)
  writer.unsigned(value < 0 ? -1 - value : value)
}

const writeSignedBig = (writer: BitWriter, value: bigint) => {
  const isNegative = value < 0n
  writer.bits(isNegative ? 1 : 0, 1)
  writer.unsignedBig(isNegative ? -1n - value : value)
}

/** The bits of a value of a datatype of fixed width. Throws `type` or `range` where it is none. */
export const bitsOf = (value: unknown, type: SimpleType): number => {
  if (type.kind === 'bits') return wholeWithin(value, type) - type.min
  if (type.kind === 'enum') return codeOf(value, type)
  return booleanOf(value) ? 1 : 0
}

/** Writes one value of a datatype, EXI 1.0 section 7.1; throws `type`, `range`, `character` or `facet` where it is not one. */
export const writeSimple = (place: WritePlace, type: SimpleType, value: unknown) => {
  const { writer } = place
  switch (type.kind) {
    case 'boolean':
    case 'enum':
    case 'bits':
      return writer.bits(bitsOf(value, type), type.width)
    case 'unsigned':
      return writer.unsigned(wholeWithin(value, type))
    case 'integer':
      return writeSigned(writer, wholeWithin(value, type))
    case 'unsignedLong':
      return writer.unsignedLong(bigOf(value, type.kind))
    case 'long':
    case 'big':
      return writeSignedBig(writer, bigOf(value, type.kind))
    case 'string':
      return writeString(place, type, textOf(value))
    case 'base64':
    case 'hex':
      return writeBytes(place, type, bytesOf(value))
  }
}
