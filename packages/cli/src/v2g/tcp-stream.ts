import type { TcpSegment } from './tcp-segment.ts'

/** Bytes that are now in order, and when the last of them came. */
export interface Delivered {
  readonly seconds: number
  readonly bytes: Uint8Array
}

/** Segments kept for later while an earlier one is missing, at most: then the gap is given up. */
const MOST_WAITING = 256

/** Puts one direction of a TCP connection in order: duplicates are dropped, segments out of order wait. */
export class TcpStream {
  #next: number | undefined
  readonly #waiting = new Map<number, TcpSegment>()
  /** Bytes that the capture does not have. */
  lost = 0

  push(segment: TcpSegment): readonly Delivered[] {
    if (segment.isFirst) {
      this.#next = (segment.sequence + 1) >>> 0
      this.#waiting.clear()
      return []
    }
    // A capture that began in the middle of a connection is read from there.
    this.#next ??= segment.sequence
    if (segment.payload.length === 0) return []
    this.#waiting.set(segment.sequence, segment)
    const delivered = this.#deliver()
    if (this.#waiting.size < MOST_WAITING) return delivered
    const [nearest = this.#next] = [...this.#waiting.keys()].sort((a, b) => this.#ahead(a) - this.#ahead(b))
    this.lost += this.#ahead(nearest)
    this.#next = nearest
    return [...delivered, ...this.#deliver()]
  }

  /** How far a sequence number is ahead of the next one; negative for what is old. Numbers wrap around at 2^32. */
  #ahead(sequence: number): number {
    return (sequence - (this.#next ?? 0)) | 0
  }

  #deliver(): readonly Delivered[] {
    const delivered: Delivered[] = []
    for (let found = true; found; ) {
      found = false
      for (const [sequence, { payload, seconds }] of this.#waiting) {
        const old = -this.#ahead(sequence)
        if (old < 0) continue
        this.#waiting.delete(sequence)
        if (old >= payload.length) continue
        delivered.push({ seconds, bytes: payload.subarray(old) })
        this.#next = (sequence + payload.length) >>> 0
        found = true
      }
    }
    return delivered
  }
}
