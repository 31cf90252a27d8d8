import { type Clock, type EpochMs, type Milliseconds, milliseconds } from '@voltway/units'

/** How a CALL of ours ended on the wire. */
export type SlotOutcome =
  | { readonly outcome: 'answered'; readonly payload: unknown; readonly frames: SentFrames }
  | { readonly outcome: 'error'; readonly code: string; readonly description: string; readonly frames: SentFrames | undefined }
  | { readonly outcome: 'expired'; readonly afterMs: number; readonly frames: SentFrames | undefined }
  | { readonly outcome: 'offline' }

/** Both frames as they were on the wire. */
export interface SentFrames {
  readonly messageId: string
  readonly request: string
  readonly response: string | undefined
  /** By the network's clock. */
  readonly sentAt: EpochMs
}

export interface OutgoingCall {
  readonly messageId: string
  readonly frame: string
  readonly timeout: Milliseconds
}

interface Waiting extends OutgoingCall {
  readonly askedAt: EpochMs
  readonly end: (outcome: SlotOutcome) => void
  cancelTimer: () => void
  sentAt: EpochMs | undefined
}

/** Commands that may wait for one station. */
const MOST_WAITING = 64

/**
 * The CALLs from us to one station: one in flight, the others wait in order. Each ends exactly once: with the station's answer, by
 * expiry (which frees the slot: no station may hold it by silence), or with the link.
 */
export class OutboundSlot {
  readonly #clock: Clock
  readonly #send: (frame: string) => boolean
  readonly #queue: Waiting[] = []
  #closed = false

  constructor(clock: Clock, send: (frame: string) => boolean) {
    this.#clock = clock
    this.#send = send
  }

  call(call: OutgoingCall): Promise<SlotOutcome> {
    if (this.#closed) return Promise.resolve({ outcome: 'offline' })
    if (this.#queue.length >= MOST_WAITING)
      return Promise.resolve({
        outcome: 'error',
        code: 'TooManyCommands',
        description: `${MOST_WAITING} commands wait for this station`,
        frames: undefined,
      })
    return new Promise((resolve) => {
      const waiting: Waiting = { ...call, askedAt: this.#clock.now(), end: resolve, cancelTimer: () => {}, sentAt: undefined }
      waiting.cancelTimer = this.#clock.after(call.timeout, () => this.#expire(waiting))
      this.#queue.push(waiting)
      this.#sendNext()
    })
  }

  /** @returns false when nobody asked: a late, doubled or forged reply, which changes nothing */
  settle(messageId: string, outcome: (frames: SentFrames) => SlotOutcome, response: string): boolean {
    const [current] = this.#queue
    if (current?.sentAt === undefined || current.messageId !== messageId) return false
    this.#end(current, outcome({ ...framesOf(current, current.sentAt), response }))
    return true
  }

  close() {
    this.#closed = true
    for (const waiting of this.#queue.splice(0)) {
      waiting.cancelTimer()
      waiting.end({ outcome: 'offline' })
    }
  }

  #sendNext() {
    const [next] = this.#queue
    if (!next || next.sentAt !== undefined) return
    next.sentAt = this.#clock.now()
    this.#send(next.frame)
  }

  #expire(waiting: Waiting) {
    const afterMs = milliseconds(this.#clock.now() - waiting.askedAt)
    this.#end(waiting, {
      outcome: 'expired',
      afterMs,
      frames: waiting.sentAt === undefined ? undefined : framesOf(waiting, waiting.sentAt),
    })
  }

  #end(waiting: Waiting, outcome: SlotOutcome) {
    const index = this.#queue.indexOf(waiting)
    if (index < 0) return
    this.#queue.splice(index, 1)
    waiting.cancelTimer()
    waiting.end(outcome)
    this.#sendNext()
  }
}

const framesOf = ({ messageId, frame }: OutgoingCall, sentAt: EpochMs): SentFrames => ({
  messageId,
  request: frame,
  response: undefined,
  sentAt,
})
