import { ExiFault } from './failure.ts'

/** Longest integer in groups of seven bits; a certificate's serial number takes 23. */
const MOST_GROUPS = 512
/** Room behind the body, so that a word can be read where it ends. */
const BEHIND = 8
/** A larger buffer than this is not kept for the next body. */
const KEPT = 65_536
/** A binary value that is longer shares a buffer with the others of its body: one of its own costs more than all else that it takes. */
const LARGE = 64

/** A number of 64 bits and its halves. */
const wide = new DataView(new ArrayBuffer(8))

/** Reads bit-packed EXI bodies, one after the other, a word at a time. Throws `ExiFault` where a body ends too early. */
export class BitReader {
  // A copy of the body: one buffer and its view serve all bodies, and nothing that is read shares memory with what came in.
  #bytes = new Uint8Array(512)
  #view = new DataView(this.#bytes.buffer)
  #end = 0
  /** Large binary values of the body, and how much of it they take; made for the first. */
  #values: DataView<ArrayBuffer> | undefined
  #valuesLength = 0
  /** Of the body, in bytes. */
  length = 0
  /** Of the next bit, from the start of the body. */
  position = 0

  constructor(bytes?: Uint8Array) {
    if (bytes !== undefined) this.begin(bytes)
  }

  begin(bytes: Uint8Array) {
    const needed = bytes.length + BEHIND
    if (needed > this.#bytes.length || this.#bytes.length > KEPT) {
      this.#bytes = new Uint8Array(Math.max(needed, 512))
      this.#view = new DataView(this.#bytes.buffer)
    }
    this.#bytes.set(bytes)
    this.length = bytes.length
    this.#end = bytes.length * 8
    this.position = 0
    this.#values = undefined
  }

  /** Whole bytes that are left. */
  get remaining(): number {
    return (this.#end - this.position) >>> 3
  }

  /** An unsigned number of 0 to 25 bits: a word without the seven bits in which the number may begin. */
  bits(width: number): number {
    const at = this.position
    const next = at + width
    if (next > this.#end) throw new ExiFault('truncated', 'the body ends here')
    if (width === 0) return 0
    this.position = next
    return (this.#view.getInt32(at >>> 3) << (at & 7)) >>> (32 - width)
  }

  #word(): number {
    const at = this.position
    if (at + 32 > this.#end) throw new ExiFault('truncated', 'the body ends here')
    this.position = at + 32
    const byte = at >>> 3
    const shift = at & 7
    return (this.#view.getInt32(byte) << shift) | (this.#bytes[byte + 4]! >>> (8 - shift))
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

  /** Unsigned Integer of up to 64 bits. */
  unsignedLong(): bigint {
    let low = 0
    for (let factor = 1; factor < 2 ** 49; factor *= 128) {
      const octet = this.bits(8)
      low += (octet & 127) * factor
      if (octet < 128) return BigInt(low)
    }
    const high = this.unsigned()
    if (high >= 2 ** 15) throw new ExiFault('range', 'an integer of more than 64 bits')
    wide.setUint32(0, high * 2 ** 17 + Math.floor(low / 2 ** 32))
    wide.setUint32(4, low % 2 ** 32)
    return wide.getBigUint64(0)
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

  /** A text of `count` characters below 128, which are bytes of the body, if it is one; nothing is read otherwise. */
  ascii(count: number): string | undefined {
    const start = this.position
    let text = ''
    let left = count
    for (; left >= 8; left -= 8) {
      const [a, b] = [this.#word(), this.#word()]
      if (((a | b) & 0x80808080) !== 0) break
      text += String.fromCharCode(
        a >>> 24,
        (a >>> 16) & 127,
        (a >>> 8) & 127,
        a & 127,
        b >>> 24,
        (b >>> 16) & 127,
        (b >>> 8) & 127,
        b & 127,
      )
    }
    for (; left >= 3 && left < 8; left -= 3) {
      const three = this.bits(24)
      if ((three & 0x808080) !== 0) break
      text += String.fromCharCode(three >>> 16, (three >>> 8) & 127, three & 127)
    }
    for (; left > 0 && left < 3; left--) {
      const unit = this.bits(8)
      if (unit > 127) break
      text += String.fromCharCode(unit)
    }
    if (left === 0) return text
    this.position = start
    return undefined
  }

  /** `length` bytes, copied. */
  copy(length: number): Uint8Array {
    if (length > this.remaining) throw new ExiFault('length', `${length} bytes where ${this.remaining} are left`)
    if (length > LARGE) return this.#copyLarge(length)
    const start = this.position >>> 3
    const shift = this.position & 7
    this.position += length * 8
    const out = new Uint8Array(length)
    const source = this.#bytes
    let index = 0
    // Three bytes a step: what a word holds of them wherever in its first byte they begin.
    for (const words = length - 2; index < words; index += 3) {
      const word = this.#view.getInt32(start + index) << shift
      out[index] = word >>> 24
      out[index + 1] = word >>> 16
      out[index + 2] = word >>> 8
    }
    for (; index < length; index++) out[index] = (source[start + index]! << shift) | (source[start + index + 1]! >>> (8 - shift))
    return out
  }

  /** The same into a buffer of all large values of the body, which none shares with another body. */
  #copyLarge(length: number): Uint8Array {
    if (this.#values === undefined) {
      // No later value can take more than what is left.
      this.#values = new DataView(new ArrayBuffer(this.remaining))
      this.#valuesLength = 0
    }
    const at = this.#valuesLength
    this.#valuesLength = at + length
    const end = this.position + length * 8
    const values = this.#values
    const out = new Uint8Array(values.buffer, at, length)
    if ((this.position & 7) === 0) {
      const start = this.position >>> 3
      out.set(this.#bytes.subarray(start, start + length))
    } else {
      const view = this.#view
      const shift = this.position & 7
      const back = 32 - shift
      let byte = this.position >>> 3
      let word = view.getInt32(byte)
      let index = 0
      // Eight a step; what lies behind the body is there to be read, and of no account.
      for (const words = length - 7; index < words; index += 8, byte += 8) {
        const middle = view.getInt32(byte + 4)
        const next = view.getInt32(byte + 8)
        values.setInt32(at + index, (word << shift) | (middle >>> back))
        values.setInt32(at + index + 4, (middle << shift) | (next >>> back))
        word = next
      }
      this.position += index * 8
      for (; index < length; index++) out[index] = this.bits(8)
    }
    this.position = end
    return out
  }
}
