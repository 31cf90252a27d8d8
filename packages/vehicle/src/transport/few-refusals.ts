import type { Clock, EpochMs, Milliseconds } from '@voltway/units'
import type { OnEvent, Party } from './transport-event.ts'

/** Shortest time between two events about input that is refused. */
const PAUSE = 250 as Milliseconds

export interface Refusal {
  readonly code: string
  readonly message: string
}

/** Tells of refused input, but not more often than every quarter of a second: a flood of it must not become a flood of events. */
export const fewRefusals = ({ clock, onEvent }: { readonly clock: Clock; readonly onEvent: OnEvent }, from: Party, to: Party) => {
  let told: EpochMs | undefined
  let times = 0
  return ({ code, message }: Refusal): void => {
    times++
    const at = clock.now()
    if (told !== undefined && at - told < PAUSE) return
    onEvent({ kind: 'refused', at, from, to, code, message, times })
    told = at
    times = 0
  }
}
