import { type Clock, type EpochMs, epochMs } from '@voltway/units'

/** What a timer of Node can hold: 2^31 - 1 ms, 24.8 days. Longer waits are made of several. */
const LONGEST_TIMER = 2_147_483_647

/** Timers of Node may fire up to a millisecond early, which is minutes on a fast clock: whoever is called early waits on. */
const wait = (milliseconds: number, callback: () => void): (() => void) => {
  const due = performance.now() + Math.max(0, milliseconds)
  let timer: NodeJS.Timeout
  const sleep = () => {
    timer = setTimeout(look, Math.min(Math.max(0, due - performance.now()), LONGEST_TIMER))
  }
  const look = () => {
    if (performance.now() < due) sleep()
    else callback()
  }
  sleep()
  return () => clearTimeout(timer)
}

/** The time of day of this machine. */
export const systemClock: Clock = {
  now: () => epochMs(Date.now()),
  after: (duration, callback) => wait(duration, callback),
}

/** A clock that begins at `startAt` and runs `rate` times as fast as this machine's: recorded days are replayed with it. */
export const scaledClock = ({ startAt, rate }: { readonly startAt: EpochMs; readonly rate: number }): Clock => {
  if (!(rate > 0 && Number.isFinite(rate))) throw new RangeError('the rate of a clock is a positive number')
  const began = performance.now()
  return {
    now: () => epochMs(startAt + (performance.now() - began) * rate),
    after: (duration, callback) => wait(duration / rate, callback),
  }
}
