import { fail, ok, type Result } from '@voltway/units'
import { HEADER_LENGTH, readHeader, type V2gtpFailure, type V2gtpFrame } from './frame.ts'

/** Longest payload that is taken: no message of DIN 70121 or ISO 15118-2 comes near. */
export const MAX_PAYLOAD = 65_536
/** ISO 15118-20 carries chains of long certificates. */
export const MAX_PAYLOAD_20 = 1_048_576

/**
 * Makes frames of a TCP or TLS stream, whose segments mean nothing. Holds at most one unfinished frame; what it allocates follows what
 * came in, not what a header claims. After a failure it takes nothing any more.
 */
export class V2gtpReassembly {
  readonly #cap: number
  #buffer = new Uint8Array(256)
  #length = 0
  #failure: V2gtpFailure | undefined

  /** @param cap bytes of a payload, at most */
  constructor(cap: number = MAX_PAYLOAD) {
    this.#cap = cap
  }

  /** Bytes of a frame that is not complete. */
  get pending(): number {
    return this.#length
  }

  #append(segment: Uint8Array) {
    const needed = this.#length + segment.length
    if (needed > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(needed, this.#buffer.length * 2))
      larger.set(this.#buffer.subarray(0, this.#length))
      this.#buffer = larger
    }
    this.#buffer.set(segment, this.#length)
    this.#length = needed
  }

  /** @returns the frames that are now complete, in order. A failure behind complete frames is told by the next call and by `failure`. */
  push(segment: Uint8Array): Result<readonly V2gtpFrame[], V2gtpFailure> {
    if (this.#failure !== undefined) return fail(this.#failure)
    this.#append(segment)
    const frames: V2gtpFrame[] = []
    let at = 0
    while (this.#length - at >= HEADER_LENGTH) {
      const header = readHeader(this.#buffer.subarray(at, at + HEADER_LENGTH), this.#cap)
      if (!header.ok) {
        this.#failure = header.failure
        if (frames.length === 0) return header
        return ok(frames)
      }
      const { payloadType, length } = header.value
      if (this.#length - at - HEADER_LENGTH < length) break
      const start = at + HEADER_LENGTH
      frames.push({ payloadType, payload: this.#buffer.slice(start, start + length) })
      at = start + length
    }
    if (at > 0) this.#buffer.copyWithin(0, at, this.#length)
    this.#length -= at
    return ok(frames)
  }

  /** Why the stream is over, if it is. */
  get failure(): V2gtpFailure | undefined {
    return this.#failure
  }
}
