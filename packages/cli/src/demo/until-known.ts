import { type Clock, type Milliseconds, milliseconds } from '@voltway/units'

const LOOK_EVERY = milliseconds(100)
/** Of a town that is not complete by then, the rest is seen to be offline. */
const PATIENCE = milliseconds(20_000)

export interface Known {
  /** The status of every EVSE as drivers see it. */
  readonly statuses: () => Promise<readonly string[]>
  readonly clock: Pick<Clock, 'after'>
  readonly patience?: Milliseconds
}

/** Waits until drivers can see of every EVSE how it is, its station connected and what it said noted, and that a car is charging. */
export const untilKnown = async ({ statuses, clock, patience = PATIENCE }: Known): Promise<void> => {
  for (let waited = 0; waited < patience; waited += LOOK_EVERY) {
    const seen = await statuses()
    if (seen.includes('charging') && seen.every((status) => status !== 'unknown' && status !== 'offline')) return
    await new Promise<void>((look) => void clock.after(LOOK_EVERY, look))
  }
}
