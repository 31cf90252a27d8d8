import type { Output } from './machine.ts'
import type { Timeouts } from './timeouts.ts'

/** What a station has to bring to an end by itself, while it keeps a car asking the same again. */
export const WAITING_TIMERS = [
  'V2G_SECC_Ongoing_Performance_Time',
  'V2G_SECC_CableCheck_Performance_Time',
  'V2G_SECC_PreCharge_Performance_Time',
] as const
export type WaitingTimer = (typeof WAITING_TIMERS)[number]

export const isWaitingTimer = (timer: string): timer is WaitingTimer => (WAITING_TIMERS as readonly string[]).includes(timer)

/** What a car is kept waiting for, and whether the time for it is over: then the next answer is FAILED, unless it is done by then. */
export interface Waiting {
  readonly timer: WaitingTimer
  readonly over: boolean
}

/** Which timer runs after an answer; one that ran already for the same goes on. */
export const waitingAfter = (before: Waiting | undefined, timer: WaitingTimer | undefined): Waiting | undefined => {
  if (timer === undefined) return undefined
  return before?.timer === timer ? before : { timer, over: false }
}

export const waitingTimers = (
  before: Waiting | undefined,
  after: Waiting | undefined,
  times: Timeouts,
): readonly (Output<never> & { readonly kind: 'startTimer' | 'cancelTimer' })[] => {
  if (before?.timer === after?.timer) return []
  return [
    ...(before === undefined ? [] : [{ kind: 'cancelTimer', timer: before.timer } as const]),
    ...(after === undefined ? [] : [{ kind: 'startTimer', timer: after.timer, milliseconds: times[after.timer] } as const]),
  ]
}
