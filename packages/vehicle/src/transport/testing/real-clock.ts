import { type Clock, epochMs } from '@voltway/units'

/** The machine's clock. */
export const realClock: Clock = {
  now: () => epochMs(Date.now()),
  after: (duration, callback) => {
    const timer = setTimeout(callback, duration)
    return () => clearTimeout(timer)
  },
}

/** The same with timers that run ten times as long, so that a machine that is busy with other things lets no message time out. */
export const patientClock: Clock = {
  now: realClock.now,
  after: (duration, callback) => realClock.after((duration * 10) as typeof duration, callback),
}
