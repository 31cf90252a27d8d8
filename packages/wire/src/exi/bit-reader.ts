import { ExiFault } from './failure.ts'

/** The largest part of a number that is read in one step: a 32-bit word minus the 7 bits in which it may begin. */
export const WIDEST = 25
/** Longest integer in groups of seven bits; a certificate's serial number takes 23. */
const MOST_GROUPS = 512

/** Reads a bit-packed EXI body. Throws `ExiFault` where the body ends too early. */
export class BitReader {
  readonly bytes: Uint8Array
  readonly #view: DataView
  readonly #end: number
  readonly #lastWord: number
  /** Of the next bit, from the start of the body. */
  position = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#end = bytes.length * 8
    this.#lastWord = bytes.length - 4
  }

  /** Whole bytes that are left. */
  get remaining(): number {
    return (this.#end - this.position) >>> 3
  }

  /** An unsigned number of 0 to 25 bits. */
  bits(width: number): number {
    const at = this.position
    const next = at + width
    if (next > this.#end) throw new ExiFault('truncated', 'the body ends here')
    if (width === 0) return 0
    this.position = next
    const byte = at >>> 3
    const word = byte <= this.#lastWord ? this.#view.getInt32(byte) : this.#tail(byte)
    return (word << (at & 7)) >>> (32 - width)
  }

  /** The last bytes as the front of a word. */
  #tail(byte: number): number {
    let word = 0
    for (let shift = 24; byte < this.bytes.length; shift -= 8) word |= this.bytes[byte++]! << shift
    return word
  }

  /** EXI 1.0 section 7.1.6, Unsigned Integer, as far as a number is exact. */
  unsigned(): number {
    let octet = this.bits(8)
    if (octet < 128) return octet
    let value = octet & 127
    let factor = 128
    do {
      octet = this.bits(8)
      value += (octet & 127) * factor
      factor *= 128
      if (value > Number.MAX_SAFE_INTEGER || factor > 2 ** 63) throw new ExiFault('range', 'an integer of more than 53 bits')
    } while (octet >= 128)
    return value
  }

  /** Unsigned Integer of any size, up to 3584 bits. */
  unsignedBig(): bigint {
    let low = 0
    let value = 0n
    let shift = 0n
    for (let group = 0, factor = 1; group < MOST_GROUPS; group++) {
      const octet = this.bits(8)
      low += (octet & 127) * factor
      if (octet < 128) return shift === 0n ? BigInt(low) : value | (BigInt(low) << shift)
      factor *= 128
      if (factor < 2 ** 49) continue
      value |= BigInt(low) << shift
      shift += 49n
      low = 0
      factor = 1
    }
    throw new ExiFault('range', 'an integer of more than 3584 bits')
  }

  /** `length` bytes, copied. */
  copy(length: number): Uint8Array {
    if (length > this.remaining) throw new ExiFault('length', `${length} bytes where ${this.remaining} are left`)
    const start = this.position >>> 3
    const shift = this.position & 7
    this.position += length * 8
    if (shift === 0) return this.bytes.slice(start, start + length)
    const out = new Uint8Array(length)
    const target = new DataView(out.buffer)
    let index = 0
    // Four bytes a step; the word and the byte behind it are inside because the value does not end on a byte.
    for (const words = length - 3; index < words; index += 4) {
      const word = this.#view.getInt32(start + index)
      target.setInt32(index, (word << shift) | (this.bytes[start + index + 4]! >>> (8 - shift)))
    }
    for (; index < length; index++) out[index] = (this.bytes[start + index]! << shift) | (this.bytes[start + index + 1]! >>> (8 - shift))
    return out
  }
}
