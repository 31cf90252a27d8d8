import { type Clock, type EpochMs, epochMs } from '@voltway/units'

export interface ManualClock extends Clock {
  /** Moves the time on and calls back what has become due, in order. */
  readonly advance: (milliseconds: number) => void
}

/** A clock that stands still until a test moves it. */
export const manualClock = (startAt = 1_800_000_000_000): ManualClock => {
  let now: EpochMs = epochMs(startAt)
  const timers = new Set<{ readonly at: EpochMs; readonly callback: () => void }>()
  return {
    now: () => now,
    after: (duration, callback) => {
      const timer = { at: epochMs(now + duration), callback }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    advance: (step) => {
      const until = epochMs(now + step)
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        timers.delete(next)
        now = next.at
        next.callback()
      }
      now = until
    },
  }
}
