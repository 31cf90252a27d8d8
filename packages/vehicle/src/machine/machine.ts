import type { EpochMs } from '@voltway/units'
import type { Deviation } from './deviation.ts'
import type { EndReason } from './end-reason.ts'
import type { TimerName } from './timeouts.ts'

/**
 * Something that happened to a machine, with the moment it happened: the machine has no clock of its own.
 * `Word` is what the environment (the station for an SECC, the car for an EVCC) can say.
 */
export type Input<Word> =
  /** One V2GTP frame of the link; the payload has no header. */
  | { readonly kind: 'frame'; readonly at: EpochMs; readonly payloadType: number; readonly payload: Uint8Array }
  /** A timer that this machine started, and did not start again or cancel since, ran out. */
  | { readonly kind: 'timer'; readonly at: EpochMs; readonly timer: TimerName }
  /** The link is gone: closed by the other end, broken, or its stream cannot be read on. */
  | { readonly kind: 'linkEnded'; readonly at: EpochMs }
  | { readonly kind: 'word'; readonly at: EpochMs; readonly word: Word }

/** Something to be done, in the order of the list. */
export type Output<Told> =
  | { readonly kind: 'send'; readonly payloadType: number; readonly payload: Uint8Array }
  /** A timer of the same name that still runs begins anew. */
  | { readonly kind: 'startTimer'; readonly timer: TimerName; readonly milliseconds: number }
  | { readonly kind: 'cancelTimer'; readonly timer: TimerName }
  /** The other end did something that it should not, and it was taken. */
  | { readonly kind: 'deviation'; readonly deviation: Deviation }
  /** The last output of a machine: what was sent before is still delivered, then the link is closed and every timer forgotten. */
  | { readonly kind: 'endLink'; readonly reason: EndReason }
  | { readonly kind: 'tell'; readonly told: Told }

/** The state after an input and what is to be done about it. */
export interface Step<State, Told> {
  readonly state: State
  readonly outputs: readonly Output<Told>[]
}

/**
 * One end of one session, over one link, without I/O. Both functions are pure and total: the same arguments give the same
 * answer, no input throws, and one that comes after the end changes nothing and asks for nothing.
 */
export interface Machine<Options, State, Word, Told> {
  readonly start: (options: Options, at: EpochMs) => Step<State, Told>
  readonly step: (state: State, input: Input<Word>) => Step<State, Told>
}

/** A session whose kind of state is not known to who drives it: so one machine can run any of several protocols. */
export interface Running<Word, Told> {
  /** The name of the state in its protocol's table. */
  readonly stateName: string
  /** Why it is over, if it is. */
  readonly ended: EndReason | undefined
  readonly step: (input: Input<Word>) => Step<Running<Word, Told>, Told>
}

/** What any state of a protocol's machine shows. */
export interface Shown {
  readonly name: string
  readonly ended: EndReason | undefined
}

/** Hides the kind of a state. */
export const running = <State extends Shown, Word, Told>(
  step: (state: State, input: Input<Word>) => Step<State, Told>,
  { state, outputs }: Step<State, Told>,
): Step<Running<Word, Told>, Told> => ({
  state: { stateName: state.name, ended: state.ended, step: (input) => running(step, step(state, input)) },
  outputs,
})
