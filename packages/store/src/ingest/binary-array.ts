/** PostgreSQL types that the ingest sends as binary arrays, with their fixed object ids (pg_type.dat). */
export const ELEMENT_OIDS = { uuid: 2950, text: 25, int4: 23, int8: 20, float8: 701, bool: 16, bytea: 17 } as const

export type ElementType = keyof typeof ELEMENT_OIDS
export type Element = string | number | boolean | Uint8Array | null | undefined

/** A value that its column cannot hold; `code` is the SQLSTATE that the server would have given. */
export class ValueOutOfRange extends RangeError {
  readonly code = '22003'
}

const NULL = -1
const HEADER = 20

const whole = (value: Element, least: number, most: number): number => {
  const number = Number(value)
  if (!Number.isInteger(number) || number < least || number > most)
    throw new ValueOutOfRange(`${String(value)} is not a whole number from ${least} to ${most}`)
  return number
}

/** What one element takes at most, with its length word. */
const roomOf = (type: ElementType, value: Element): number => {
  if (value === null || value === undefined) return 4
  if (typeof value === 'string') return type === 'uuid' ? 20 : 4 + value.length * 3
  return value instanceof Uint8Array ? 4 + value.length : 12
}

type Write = (buffer: Buffer, at: number, value: Element) => number

/** Each writes an element behind its length word and says how many bytes it has. */
const WRITERS: Readonly<Record<ElementType, Write>> = {
  uuid: (buffer, at, value) => buffer.write(String(value).replaceAll('-', ''), at, 16, 'hex'),
  text: (buffer, at, value) => buffer.write(String(value), at, 'utf8'),
  int4: (buffer, at, value) => buffer.writeInt32BE(whole(value, -0x8000_0000, 0x7fff_ffff), at) - at,
  int8: (buffer, at, value) => {
    const number = whole(value, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
    const high = Math.floor(number / 0x1_0000_0000)
    buffer.writeInt32BE(high, at)
    buffer.writeUInt32BE(number - high * 0x1_0000_0000, at + 4)
    return 8
  },
  float8: (buffer, at, value) => buffer.writeDoubleBE(Number(value), at) - at,
  bool: (buffer, at, value) => buffer.writeUInt8(value ? 1 : 0, at) - at,
  bytea: (buffer, at, value) => {
    if (!(value instanceof Uint8Array)) throw new ValueOutOfRange('bytes are due')
    buffer.set(value, at)
    return value.length
  },
}

/**
 * A one-dimensional array in PostgreSQL's binary form (array_recv): nothing to escape on our side, nothing to parse on the
 * server's. The driver sends a Buffer as a binary parameter.
 * @throws ValueOutOfRange for a number that the type cannot hold
 */
export const binaryArray = (type: ElementType, length: number, at: (index: number) => Element): Buffer => {
  let room = HEADER
  let nulls = 0
  for (let index = 0; index < length; index++) {
    const value = at(index)
    if (value === null || value === undefined) nulls = 1
    room += roomOf(type, value)
  }
  const buffer = Buffer.allocUnsafe(room)
  const write = WRITERS[type]
  buffer.writeInt32BE(1, 0)
  buffer.writeInt32BE(nulls, 4)
  buffer.writeInt32BE(ELEMENT_OIDS[type], 8)
  buffer.writeInt32BE(length, 12)
  buffer.writeInt32BE(1, 16)
  let end = HEADER
  for (let index = 0; index < length; index++) {
    const value = at(index)
    const size = value === null || value === undefined ? NULL : write(buffer, end + 4, value)
    buffer.writeInt32BE(size, end)
    end += 4 + Math.max(size, 0)
  }
  return buffer.subarray(0, end)
}
