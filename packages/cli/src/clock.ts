import { type EpochMs, epochMs } from '@voltway/units'

/** Starts a watch; the answer reads how many milliseconds have passed, to the microsecond. */
export const stopwatch = (): (() => number) => {
  const began = performance.now()
  return () => Math.round((performance.now() - began) * 1_000) / 1_000
}

/** The moment, for what a verb makes that carries a date. */
export const now = (): EpochMs => epochMs(Date.now())
