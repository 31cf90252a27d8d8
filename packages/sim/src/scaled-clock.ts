import { type Clock, type EpochMs, epochMs, milliseconds } from '@voltway/units'
import type { SimClock } from './sim-clock.ts'

export interface ScaledClockOptions {
  readonly base: Clock
  readonly rate: number
  /** The simulated time when the base reads `baseAt`; left out, both are the base's time now. */
  readonly startAt?: EpochMs
  readonly baseAt?: EpochMs
}

/** A clock that runs `rate` times as fast as its base; server and simulator given the same numbers read the same time. */
export function scaledClock({ base, rate, startAt, baseAt }: ScaledClockOptions): SimClock {
  let current = rate
  let origin = { base: baseAt ?? base.now(), simulated: startAt ?? base.now() }
  const pending = new Set<{ readonly at: EpochMs; readonly callback: () => void; cancel: () => void }>()

  const now = () => epochMs(origin.simulated + (base.now() - origin.base) * current)
  const arm = (timer: { readonly at: EpochMs; readonly callback: () => void; cancel: () => void }): void => {
    timer.cancel = base.after(milliseconds(Math.max(0, Math.ceil((timer.at - now()) / current))), () => {
      pending.delete(timer)
      timer.callback()
    })
  }
  return {
    now,
    rate: () => current,
    setRate: (next) => {
      origin = { base: base.now(), simulated: now() }
      current = next
      for (const timer of pending) {
        timer.cancel()
        arm(timer)
      }
    },
    after: (duration, callback) => {
      const timer = { at: epochMs(now() + Math.max(0, duration)), callback, cancel: () => {} }
      pending.add(timer)
      arm(timer)
      return () => {
        pending.delete(timer)
        timer.cancel()
      }
    },
    hold: () => () => {},
  }
}
