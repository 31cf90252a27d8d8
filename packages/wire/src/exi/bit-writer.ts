/** A number of 64 bits and its halves. */
const wide = new DataView(new ArrayBuffer(8))
const FOUR_GROUPS = 2 ** 28
const SEVEN_GROUPS = 2n ** 49n

/** Four groups of seven bits, the lowest first, each with a bit in front that says that more come. */
const fourGroups = (value: number): number =>
  ((value & 0x7f) << 24) | ((value & 0x3f80) << 9) | ((value >>> 6) & 0x7f00) | (value >>> 21) | 0x80808080

/** Bodies share buffers of at least this size, one behind the other; a larger one has its own. */
const CHUNK = 8_192
/** A new buffer has room for so many bodies like the last, as long as that is not too much. */
const BODIES = 8
const MOST = 65_536
/** From as many bytes on they are copied at once. */
const MANY = 16

/** Writes bit-packed EXI bodies, one after the other, a word at a time, straight to where they stay. */
export class BitWriter {
  #bytes = new Uint8Array(0)
  #view = new DataView(this.#bytes.buffer)
  /** Up to here there is room for a word and what may follow it. */
  #last = -1
  /** Where the body begins in the buffer, and where the next word goes. */
  #start = 0
  #at = 0
  /** Bits that are not in the buffer yet, from the top of the word, and how many: 0 to 31. */
  #word = 0
  #used = 0
  /** Of the last body, in bytes. */
  #finished = 0

  /** Of the next bit, from the start of the body. */
  get position(): number {
    return (this.#at - this.#start) * 8 + this.#used
  }

  /** Begins a body, or begins it anew. */
  reset() {
    // Whoever was given a body may have given its buffer away.
    if (this.#start > this.#bytes.length) {
      this.#start = 0
      this.#last = -1
    }
    this.#at = this.#start
    this.#word = 0
    this.#used = 0
  }

  /** Makes room for the word and `length` bytes behind it. */
  #reserve(length: number) {
    if (this.#at + length <= this.#last) return
    const bytes = this.#bytes
    const written = this.#at - this.#start
    const needed = written + length
    this.#bytes = new Uint8Array(Math.max(CHUNK, needed * 2, Math.min(Math.max(needed, this.#finished) * BODIES, MOST)))
    if (written > 0) this.#bytes.set(bytes.subarray(this.#start, this.#at))
    this.#view = new DataView(this.#bytes.buffer)
    this.#last = this.#bytes.length - 8
    this.#start = 0
    this.#at = written
  }

  /** The low `width` bits of a number that has no more of them, 0 to 32. */
  bits(value: number, width: number) {
    const used = this.#used + width
    if (used < 32) {
      this.#word |= value << (32 - used)
      this.#used = used
      return
    }
    const over = used - 32
    if (this.#at > this.#last) this.#reserve(0)
    this.#view.setInt32(this.#at, this.#word | (value >>> over))
    this.#at += 4
    this.#used = over
    this.#word = over === 0 ? 0 : value << (32 - over)
  }

  /** As many bits that are 0: up to 32. */
  zeros(width: number) {
    const used = this.#used + width
    if (used < 32) this.#used = used
    else this.bits(0, width)
  }

  /** EXI 1.0 section 7.1.6, Unsigned Integer; a whole number from 0 to 2^53 - 1. */
  unsigned(value: number) {
    if (value < 0x80) return this.bits(value, 8)
    if (value < 0x4000) return this.bits(((value & 0x7f) << 8) | 0x8000 | (value >>> 7), 16)
    if (value < 0x200000) return this.bits(((value & 0x7f) << 16) | ((value & 0x3f80) << 1) | 0x808000 | (value >>> 14), 24)
    let rest = value
    while (rest >= FOUR_GROUPS) {
      const above = Math.floor(rest / FOUR_GROUPS)
      this.bits(fourGroups(rest - above * FOUR_GROUPS), 32)
      rest = above
    }
    for (; rest >= 0x80; rest >>>= 7) this.bits((rest & 0x7f) | 0x80, 8)
    this.bits(rest, 8)
  }

  /** The low `width` bits of `lead`, 0 to 16, and an Unsigned Integer behind them. */
  ledUnsigned(lead: number, width: number, value: number) {
    if (value < 0x4000) {
      const isShort = value < 0x80
      const more = isShort ? 8 : 16
      return this.bits((lead << more) | (isShort ? value : ((value & 0x7f) << 8) | 0x8000 | (value >>> 7)), width + more)
    }
    this.bits(lead, width)
    this.unsigned(value)
  }

  /** The same of a number of 64 bits. */
  unsignedLong(value: bigint) {
    wide.setBigUint64(0, value)
    const high = wide.getUint32(0)
    const low = wide.getUint32(4)
    if (high === 0 && low < FOUR_GROUPS) return this.unsigned(low)
    this.bits(fourGroups(low & 0xfffffff), 32)
    this.unsigned(high * 16 + (low >>> 28))
  }

  /** The same of a number of any size. */
  unsignedBig(value: bigint) {
    let rest = value
    for (; rest >= SEVEN_GROUPS; rest >>= 49n) {
      const low = Number(BigInt.asUintN(49, rest))
      const above = Math.floor(low / FOUR_GROUPS)
      this.bits(fourGroups(low - above * FOUR_GROUPS), 32)
      this.bits(fourGroups(above) >>> 8, 24)
    }
    this.unsigned(Number(rest))
  }

  /** The bytes of the word that are full go to the buffer: what follows them is written there, from the bit that this gives. */
  #spill(length: number): number {
    this.#reserve(length)
    this.#view.setInt32(this.#at, this.#word)
    this.#at += this.#used >>> 3
    return this.#used & 7
  }

  /** Goes on behind `length` bytes that were written from a bit of the byte at which the word stands, and the rest of the last. */
  #resume(length: number, shift: number, rest: number) {
    this.#at += length
    this.#used = shift
    this.#word = rest << 24
  }

  raw(bytes: Uint8Array) {
    const { length } = bytes
    const shift = this.#spill(length)
    const out = this.#bytes
    const view = this.#view
    let at = this.#at
    let before = out[at]!
    let index = 0
    if (length >= MANY) {
      out.set(bytes, at)
      if (shift === 0) return this.#resume(length, 0, 0)
      // Moved where they are, eight a step; `carry` is what a word leaves for the top of the next.
      const back = 32 - shift
      let carry = before << 24
      for (const words = length - 7; index < words; index += 8, at += 8) {
        const high = view.getInt32(at)
        const low = view.getInt32(at + 4)
        view.setInt32(at, carry | (high >>> shift))
        view.setInt32(at + 4, (high << back) | (low >>> shift))
        carry = low << back
      }
      before = carry >>> 24
    }
    for (; index < length; index++) {
      out[at++] = before | (bytes[index]! >>> shift)
      before = (bytes[index]! << (8 - shift)) & 0xff
    }
    this.#resume(length, shift, before)
  }

  /** A text of characters below 128: their number and two, then a byte each; false, with nothing written, where one is above. */
  ascii(text: string): boolean {
    const { length } = text
    this.#reserve(length + 8)
    const from = this.#at
    const word = this.#word
    const used = this.#used
    this.unsigned(length + 2)
    const shift = this.#spill(length)
    const out = this.#bytes
    let at = this.#at
    let before = shift === 0 ? 0 : out[at]!
    let all = 0
    let index = 0
    // Four characters a step; what one above 127 does to its neighbours is forgotten.
    for (const words = length - 3; index < words; index += 4, at += 4) {
      const [a, b] = [text.charCodeAt(index), text.charCodeAt(index + 1)]
      const [c, d] = [text.charCodeAt(index + 2), text.charCodeAt(index + 3)]
      const word = (a << 24) | (b << 16) | (c << 8) | d
      all |= a | b | c | d
      this.#view.setInt32(at, (before << 24) | (word >>> shift))
      before = (word << (8 - shift)) & 0xff
    }
    for (; index < length; index++) {
      const unit = text.charCodeAt(index)
      all |= unit
      out[at++] = before | (unit >>> shift)
      before = (unit << (8 - shift)) & 0xff
    }
    if (all > 127) {
      this.#at = from
      this.#word = word
      this.#used = used
      return false
    }
    this.#resume(length, shift, before)
    return true
  }

  /** The body, its last byte filled with zeros. */
  finish(): Uint8Array {
    const length = (this.position + 7) >>> 3
    this.#reserve(0)
    this.#view.setInt32(this.#at, this.#word)
    const start = this.#start
    this.#start += length
    this.#finished = length
    return new Uint8Array(this.#bytes.buffer, start, length)
  }
}
