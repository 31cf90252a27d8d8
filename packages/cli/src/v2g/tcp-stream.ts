import type { TcpSegment } from './tcp-segment.ts'

/** Bytes that are now in order, and when the last of them came. */
export interface Delivered {
  readonly seconds: number
  /** So many bytes before these are nowhere in the capture. */
  readonly lost: number
  /** Empty where no more is known than the loss. */
  readonly bytes: Uint8Array
}

interface Piece {
  readonly at: number
  readonly end: number
  readonly seconds: number
  readonly payload: Uint8Array
}

interface Span {
  readonly at: number
  readonly end: number
}

/** How many of a list in order lie before the first that is so. */
const countBefore = <One>(list: readonly One[], isSo: (one: One) => boolean): number => {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isSo(list[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}

/** Parts of a stream as few spans in order. */
const joined = (pieces: readonly Piece[]): readonly Span[] => {
  const spans: { at: number; end: number }[] = []
  for (const { at, end } of pieces.toSorted((one, other) => one.at - other.at)) {
    const last = spans.at(-1)
    if (last !== undefined && at <= last.end) last.end = Math.max(last.end, end)
    else spans.push({ at, end })
  }
  return spans
}

/**
 * The number of the first byte: without its opening a stream is read from the first that the capture knows of, by itself or by its answers. Numbers
 * wrap around at 2^32.
 */
const baseOf = (segments: readonly TcpSegment[], answers: readonly TcpSegment[]): number => {
  const opening = segments.find(({ isFirst }) => isFirst)
  if (opening !== undefined) return opening.sequence + 1
  const known = [
    ...segments.filter(({ payload }) => payload.length > 0).map(({ sequence }) => sequence),
    ...answers.filter(({ isAck, isReset }) => isAck && !isReset).map(({ acknowledged }) => acknowledged),
  ]
  return known.reduce((least, one) => (((one - least) | 0) < 0 ? one : least), known[0] ?? 0)
}

/**
 * Puts one direction of a TCP connection in order: duplicates are dropped, segments out of order wait. It knows the whole capture, so that what
 * comes late is told from what never comes: a gap is told as soon as either end shows that there was something.
 */
export class TcpStream {
  readonly #base: number
  readonly #present: readonly Span[]
  readonly #waiting: Piece[] = []
  /** The end of the stream, where the capture has it: it counts as one byte more. */
  readonly #end: number
  #next = 0

  /**
   * @param segments all of this direction
   * @param answers all of the other direction
   */
  constructor(segments: readonly TcpSegment[], answers: readonly TcpSegment[]) {
    this.#base = baseOf(segments, answers)
    const last = segments.findLast(({ isLast, isReset }) => isLast && !isReset)
    this.#end = last === undefined ? Number.POSITIVE_INFINITY : this.#offset(last.sequence) + last.payload.length
    this.#present = joined(segments.flatMap((segment) => this.#pieceOf(segment) ?? []))
  }

  push(segment: TcpSegment): readonly Delivered[] {
    if (segment.isFirst || segment.isReset) return []
    const piece = this.#pieceOf(segment)
    if (piece !== undefined) {
      const place = countBefore(this.#waiting, ({ at }) => at > piece.at)
      this.#waiting.splice(place, 0, piece)
    }
    return this.#reach(this.#offset(segment.sequence), segment.seconds)
  }

  /** The other end has received what lies before the byte that it waits for. */
  acknowledge({ isAck, isReset, acknowledged, seconds }: TcpSegment): readonly Delivered[] {
    return isAck && !isReset ? this.#reach(this.#offset(acknowledged), seconds) : []
  }

  #offset(sequence: number): number {
    return (sequence - this.#base) | 0
  }

  #pieceOf({ isFirst, isReset, sequence, payload, seconds }: TcpSegment): Piece | undefined {
    if (isFirst || isReset || payload.length === 0) return undefined
    const at = this.#offset(sequence)
    return { at, end: at + payload.length, seconds, payload }
  }

  /** Everything before `known` was sent. */
  #reach(known: number, seconds: number): readonly Delivered[] {
    const delivered = this.#deliver(0)
    for (;;) {
      const span = this.#present[countBefore(this.#present, ({ end }) => end > this.#next)]
      // What comes late is waited for.
      if (span !== undefined && span.at <= this.#next) break
      const gap = Math.min(span?.at ?? this.#end, known) - this.#next
      if (gap <= 0) break
      this.#next += gap
      const more = this.#deliver(gap)
      delivered.push(...(more.length > 0 ? more : [{ seconds, lost: gap, bytes: new Uint8Array(0) }]))
    }
    return delivered
  }

  #deliver(gap: number): Delivered[] {
    const delivered: Delivered[] = []
    let lost = gap
    for (let piece = this.#waiting[0]; piece !== undefined && piece.at <= this.#next; piece = this.#waiting[0]) {
      this.#waiting.shift()
      if (piece.end <= this.#next) continue
      delivered.push({ seconds: piece.seconds, lost, bytes: piece.payload.subarray(this.#next - piece.at) })
      this.#next = piece.end
      lost = 0
    }
    return delivered
  }
}
