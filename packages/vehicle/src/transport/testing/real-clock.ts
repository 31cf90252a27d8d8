import { type Clock, epochMs } from '@voltway/units'

/** The machine's clock. */
export const realClock: Clock = {
  now: () => epochMs(Date.now()),
  after: (duration, callback) => {
    const timer = setTimeout(callback, duration)
    return () => clearTimeout(timer)
  },
}
