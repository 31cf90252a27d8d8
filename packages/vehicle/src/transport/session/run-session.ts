import type { Clock, EpochMs, Milliseconds } from '@voltway/units'
import type { SchemaName } from '@voltway/wire/iso15118'
import type { V2gtpFrame } from '@voltway/wire/v2gtp'
import type { EndReason, Input, Output, Step, TimerName } from '../../machine/index.ts'
import type { ClosedReason } from '../link/closed-reason.ts'
import { CONNECTION_LIMITS, type ConnectionLimits, V2gtpConnection } from '../link/connection.ts'
import type { Link } from '../link/link.ts'
import { type OnEvent, otherParty, type Party, unthrowing } from '../transport-event.ts'
import { agreedIn, type Message, readMessage } from './read-message.ts'

/** One end of a session over an open link. */
export interface SessionOptions<State, Word, Told> {
  /** Which end this is. */
  readonly party: Party
  readonly link: Link
  readonly clock: Clock
  readonly onEvent: OnEvent
  /** The machine's first step, at the moment given. */
  readonly start: (at: EpochMs) => Step<State, Told>
  readonly step: (state: State, input: Input<Word>) => Step<State, Told>
  /** The name of a state, for the event stream. */
  readonly stateName: (state: State) => string
  /** What the machine tells its station or car, which may answer at once or later by `say`. */
  readonly onTold: (told: Told, say: (word: Word) => void) => void
  /** Told when something of ours broke: the power must be off. */
  readonly safe: Told
  readonly limits?: ConnectionLimits
}

/** How a session ended: what the machine says, and what became of the link. */
export interface SessionEnd {
  /** Of the machine; undefined only where something of ours broke. */
  readonly reason: EndReason | undefined
  readonly link: ClosedReason
  /** What broke, for the log. */
  readonly defect?: string
}

export interface RunningSession<Word> {
  readonly say: (word: Word) => void
  /** Settles once, when the link is closed. Never rejects. */
  readonly ended: Promise<SessionEnd>
}

/** Inputs that may wait for the machine, at most. They wait only while it is at work: more means a station or car that talks to itself. */
const MOST_INPUTS = 4_096

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

type Unstamped<Word> = Input<Word> extends infer One ? (One extends { readonly at: unknown } ? Omit<One, 'at'> : never) : never

class Session<State, Word, Told> {
  readonly #options: SessionOptions<State, Word, Told>
  readonly #connection: V2gtpConnection
  readonly #onEvent: OnEvent
  readonly #timers = new Map<TimerName, () => void>()
  readonly #inputs: Unstamped<Word>[] = []
  readonly #settle: (end: SessionEnd) => void
  #state: State | undefined
  #isAtWork = false
  #reason: EndReason | undefined
  #defect: string | undefined
  #closed: ClosedReason | undefined
  #isOver = false
  #offer: Message | undefined
  #agreed: SchemaName | undefined

  constructor(options: SessionOptions<State, Word, Told>, settle: (end: SessionEnd) => void) {
    this.#options = options
    this.#settle = settle
    this.#onEvent = unthrowing(options.onEvent)
    this.#connection = new V2gtpConnection(options.link.socket, options.clock, options.limits ?? CONNECTION_LIMITS)
  }

  begin() {
    const { start, clock, party } = this.#options
    this.#isAtWork = true
    this.#guard(() => this.#perform(start(clock.now())))
    this.#isAtWork = false
    // Opened after the machine has begun: a link that is gone already is then an input like any other.
    this.#connection.open({
      onFrame: (frame) => {
        this.#show(frame, otherParty(party))
        this.input({ kind: 'frame', ...frame })
      },
      onClosed: (reason) => this.#onClosed(reason),
    })
    this.#work()
  }

  input(input: Unstamped<Word>) {
    if (this.#isOver) return
    if (this.#inputs.length >= MOST_INPUTS) return this.#break('more words than the machine can take')
    this.#inputs.push(input)
    this.#work()
  }

  /** One input after the other: what is said while a step is performed waits for its end. */
  #work() {
    if (this.#isAtWork) return
    this.#isAtWork = true
    const { step, clock } = this.#options
    while (this.#defect === undefined && this.#state !== undefined) {
      const [state, input] = [this.#state, this.#inputs.shift()]
      if (input === undefined) break
      this.#guard(() => this.#perform(step(state, { ...input, at: clock.now() } as Input<Word>)))
    }
    this.#isAtWork = false
    if (this.#closed !== undefined) this.#finish(this.#closed)
  }

  #guard(work: () => void) {
    try {
      work()
    } catch (error) {
      this.#break(wordsOf(error))
    }
  }

  #perform({ state, outputs }: Step<State, Told>) {
    const { stateName, party, clock } = this.#options
    const [before, after] = [this.#state && stateName(this.#state), stateName(state)]
    this.#state = state
    for (const output of outputs) this.#do(output)
    if (before !== after) this.#onEvent({ kind: 'state', at: clock.now(), from: party, to: party, message: after })
  }

  #do(output: Output<Told>) {
    switch (output.kind) {
      case 'send': {
        const { payloadType, payload } = output
        this.#show({ payloadType, payload }, this.#options.party)
        return this.#connection.send({ payloadType, payload })
      }
      case 'startTimer':
        return this.#startTimer(output.timer, output.milliseconds)
      case 'cancelTimer':
        return this.#cancelTimer(output.timer)
      case 'tell':
        return this.#tell(output.told)
      case 'deviation': {
        const { code, message, what } = output.deviation
        const { party, clock } = this.#options
        return this.#onEvent({ kind: 'deviation', at: clock.now(), from: otherParty(party), to: party, message, code, what })
      }
      case 'endLink':
        this.#reason = output.reason
        return this.#connection.close(output.reason.code)
    }
  }

  #tell(told: Told) {
    this.#guard(() => this.#options.onTold(told, (word) => this.input({ kind: 'word', word } as Unstamped<Word>)))
  }

  #startTimer(timer: TimerName, milliseconds: number) {
    this.#cancelTimer(timer)
    if (milliseconds === Number.POSITIVE_INFINITY) return
    const { clock, party } = this.#options
    const cancel = clock.after(milliseconds as Milliseconds, () => {
      this.#timers.delete(timer)
      this.#onEvent({ kind: 'timer', at: clock.now(), from: party, to: party, message: timer })
      this.input({ kind: 'timer', timer } as Unstamped<Word>)
    })
    this.#timers.set(timer, cancel)
  }

  #cancelTimer(timer: TimerName) {
    this.#timers.get(timer)?.()
    this.#timers.delete(timer)
  }

  /** Something of ours is wrong: the power goes off, the link is closed, and whoever waits for the end learns why. */
  #break(defect: string) {
    if (this.#defect !== undefined) return
    this.#defect = defect
    try {
      this.#options.onTold(this.#options.safe, () => {})
    } catch {
      // It broke before, and is told of by the session's end.
    }
    this.#connection.close('defect')
  }

  #onClosed(link: ClosedReason) {
    this.#closed = link
    if (this.#reason === undefined && this.#defect === undefined) this.#inputs.push({ kind: 'linkEnded' } as Unstamped<Word>)
    this.#work()
  }

  /** The last thing: no timer, no event and no word comes after it. */
  #finish(link: ClosedReason) {
    if (this.#isOver) return
    this.#isOver = true
    for (const cancel of this.#timers.values()) cancel()
    this.#timers.clear()
    const { clock, party } = this.#options
    const [reason, defect] = [this.#reason, this.#defect]
    const why = link.code === 'own' ? reason?.detail : `${link.code}: ${link.message}`
    const detail = defect ?? ([reason?.timer, reason?.responseCode, why].filter((part) => part !== undefined).join(', ') || undefined)
    const code = defect === undefined ? (reason?.code ?? 'linkLost') : 'defect'
    this.#onEvent({ kind: 'ended', at: clock.now(), from: party, to: otherParty(party), message: 'ended', code, ...(detail && { detail }) })
    this.#settle({ reason, link, ...(defect !== undefined && { defect }) })
  }

  #show(frame: V2gtpFrame, from: Party) {
    const { clock } = this.#options
    const read = readMessage(frame, this.#agreed)
    const common = { kind: 'message', at: clock.now(), from, to: otherParty(from), payloadType: frame.payloadType } as const
    const bytes = frame.payload.length
    if (!read.ok) return this.#onEvent({ ...common, bytes, message: '?', unreadable: read.what })
    const { name, schema, responseCode, document } = read.value
    if (name === 'supportedAppProtocolReq') this.#offer = read.value
    if (name === 'supportedAppProtocolRes') this.#agreed = agreedIn(this.#offer, read.value)
    this.#onEvent({ ...common, bytes, message: name, schema, document, ...(responseCode !== undefined && { responseCode }) })
  }
}

/**
 * Runs one end of one session over an open link: frames and timers go to the machine, what it asks for is done. Nothing is thrown; a
 * machine or an environment that throws ends the session as a defect, with the power off.
 */
export const runSession = <State, Word, Told>(options: SessionOptions<State, Word, Told>): RunningSession<Word> => {
  let settle = (_end: SessionEnd): void => {}
  const ended = new Promise<SessionEnd>((resolve) => {
    settle = resolve
  })
  const session = new Session(options, settle)
  session.begin()
  return { ended, say: (word) => session.input({ kind: 'word', word } as Unstamped<Word>) }
}
