/** Writes bit-packed EXI bodies, one after the other, a word at a time, into a buffer that grows and is used again. */
export class BitWriter {
  #bytes = new Uint8Array(512)
  #view = new DataView(this.#bytes.buffer)
  /** Of the next bit, from the start of the body. Set back, what was written behind it is forgotten. */
  position = 0

  reset() {
    this.position = 0
  }

  /** Makes room for `length` bytes more and the word in which the last of them may end. */
  #reserve(length: number) {
    const needed = (this.position >>> 3) + length + 4
    if (needed <= this.#bytes.length) return
    const bytes = new Uint8Array(needed * 2)
    bytes.set(this.#bytes)
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer)
  }

  /** The low `width` bits of a number that has no more of them, 0 to 25. */
  bits(value: number, width: number) {
    if (width === 0) return
    const at = this.position
    const byte = at >>> 3
    if (byte + 4 > this.#bytes.length) this.#reserve(4)
    const shift = at & 7
    // Those bits of the first byte that are written stay, all behind the value are zero.
    const before = (this.#bytes[byte]! & ~(0xff >>> shift)) << 24
    this.#view.setInt32(byte, before | (value << (32 - width - shift)))
    this.position = at + width
  }

  /** EXI 1.0 section 7.1.6, Unsigned Integer; a whole number from 0 to 2^53 - 1. */
  unsigned(value: number) {
    if (value < 128) return this.bits(value, 8)
    if (value < 16_384) return this.bits(((value & 127) << 8) | 0x8000 | (value >>> 7), 16)
    let rest = value
    for (; rest > 0x7fffffff; rest = Math.floor(rest / 128)) this.bits((rest % 128) | 128, 8)
    for (; rest > 127; rest >>>= 7) this.bits((rest & 127) | 128, 8)
    this.bits(rest, 8)
  }

  unsignedBig(value: bigint) {
    let rest = value
    for (; rest > 0xffffffffffffn; rest >>= 7n) this.bits(Number(rest & 127n) | 128, 8)
    this.unsigned(Number(rest))
  }

  raw(bytes: Uint8Array) {
    this.#reserve(bytes.length + 1)
    const out = this.#bytes
    const shift = this.position & 7
    let at = this.position >>> 3
    this.position += bytes.length * 8
    if (shift === 0) return out.set(bytes, at)
    let before = out[at]! & ~(0xff >>> shift)
    let index = 0
    // Four bytes a step.
    for (const words = bytes.length - 3; index < words; index += 4, at += 4) {
      const word = (bytes[index]! << 24) | (bytes[index + 1]! << 16) | (bytes[index + 2]! << 8) | bytes[index + 3]!
      this.#view.setInt32(at, (before << 24) | (word >>> shift))
      before = (word << (8 - shift)) & 0xff
    }
    for (; index < bytes.length; index++) {
      out[at++] = before | (bytes[index]! >>> shift)
      before = bytes[index]! << (8 - shift)
    }
    out[at] = before
  }

  /** Characters below 128, a byte each; false, with nothing written, where one is above. */
  ascii(text: string): boolean {
    this.#reserve(text.length + 1)
    const out = this.#bytes
    const shift = this.position & 7
    let at = this.position >>> 3
    let before = shift === 0 ? 0 : out[at]! & ~(0xff >>> shift)
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index)
      if (unit > 127) return false
      out[at++] = before | (unit >>> shift)
      before = unit << (8 - shift)
    }
    out[at] = before
    this.position += text.length * 8
    return true
  }

  /** A copy of what was written, the last byte filled with zeros. */
  finish(): Uint8Array {
    const bytes = this.#bytes.slice(0, (this.position + 7) >>> 3)
    const used = this.position & 7
    if (used > 0) bytes[bytes.length - 1]! &= ~(0xff >>> used)
    return bytes
  }
}
