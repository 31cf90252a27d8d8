/** Writes a bit-packed EXI body into a buffer that grows and is used again. */
export class BitWriter {
  #bytes = new Uint8Array(512)
  #view = new DataView(this.#bytes.buffer)
  #length = 0
  #pending = 0
  /** Bits in `#pending`, fewer than eight. */
  #used = 0

  /** Of the next bit, from the start of the body. */
  get position(): number {
    return this.#length * 8 + this.#used
  }

  reset() {
    this.#length = 0
    this.#pending = 0
    this.#used = 0
  }

  #reserve(length: number) {
    if (this.#length + length < this.#bytes.length) return
    const bytes = new Uint8Array((this.#length + length) * 2)
    bytes.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer)
  }

  /** The low `width` bits of a number, 0 to 24. */
  bits(value: number, width: number) {
    this.#reserve(4)
    let used = this.#used + width
    const pending = (this.#pending << width) | value
    while (used >= 8) {
      used -= 8
      this.#bytes[this.#length++] = pending >>> used
    }
    this.#used = used
    this.#pending = pending & ((1 << used) - 1)
  }

  /** EXI 1.0 section 7.1.6, Unsigned Integer; a whole number from 0 to 2^53 - 1. */
  unsigned(value: number) {
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
    const used = this.#used
    if (used === 0) {
      this.#bytes.set(bytes, this.#length)
      this.#length += bytes.length
      return
    }
    const out = this.#bytes
    let pending = this.#pending
    let length = this.#length
    let index = 0
    // Four bytes a step.
    for (const words = bytes.length - 3; index < words; index += 4, length += 4) {
      const word = (bytes[index]! << 24) | (bytes[index + 1]! << 16) | (bytes[index + 2]! << 8) | bytes[index + 3]!
      this.#view.setInt32(length, (pending << (32 - used)) | (word >>> used))
      pending = word & ((1 << used) - 1)
    }
    for (; index < bytes.length; index++) {
      pending = (pending << 8) | bytes[index]!
      out[length++] = pending >>> used
      pending &= (1 << used) - 1
    }
    this.#pending = pending
    this.#length = length
  }

  /** Characters below 128, a byte each. */
  ascii(text: string) {
    this.#reserve(text.length + 1)
    const used = this.#used
    const out = this.#bytes
    let pending = this.#pending
    let length = this.#length
    for (let index = 0; index < text.length; index++) {
      pending = (pending << 8) | text.charCodeAt(index)
      out[length++] = pending >>> used
      pending &= (1 << used) - 1
    }
    this.#pending = pending
    this.#length = length
  }

  /** A copy of what was written, the last byte filled with zeros. */
  finish(): Uint8Array {
    if (this.#used > 0) this.bits(0, 8 - this.#used)
    return this.#bytes.slice(0, this.#length)
  }
}
