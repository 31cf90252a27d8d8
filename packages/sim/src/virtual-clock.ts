import { type Clock, type EpochMs, epochMs, milliseconds } from '@voltway/units'
import { nextTurn } from './clock.ts'
import type { SimClock } from './sim-clock.ts'

export interface VirtualClockOptions {
  readonly startAt: EpochMs
  /** Simulated seconds per real one at most; 'max' jumps to the next event as soon as nobody holds the clock. */
  readonly rate: number | 'max'
  /** Real time, for pacing. */
  readonly base: Clock
}

interface Timer {
  readonly at: EpochMs
  readonly callback: () => void
}

/**
 * A clock that stands still between events: it reads the time of the event being handled, and moves to the next one
 * when nobody holds it (a CALL that waits for its answer does). Timestamps are exact at any speed, and quiet hours cost nothing.
 */
export function virtualClock({ startAt, rate, base }: VirtualClockOptions): SimClock {
  const timers: Timer[] = [] // soonest first
  let pace = rate === 'max' ? Number.POSITIVE_INFINITY : rate
  let origin = { base: base.now(), simulated: startAt }
  let now = startAt
  let holds = 0
  let turning = false
  let cancelWait = () => {}

  const turn = (): void => {
    if (turning) return
    turning = true
    nextTurn(() => {
      turning = false
      step()
    })
  }
  const step = (): void => {
    cancelWait()
    const next = timers[0]
    if (!next) return
    if (next.at > now) {
      if (holds > 0) return
      const early = (next.at - origin.simulated) / pace - (base.now() - origin.base)
      if (early > 0) {
        cancelWait = base.after(milliseconds(Math.ceil(early)), turn)
        return
      }
      now = next.at
    }
    timers.shift()
    next.callback()
    turn()
  }
  return {
    now: () => now,
    rate: () => pace,
    setRate: (next) => {
      origin = { base: base.now(), simulated: now }
      pace = next
      turn()
    },
    hold: () => {
      holds += 1
      let held = true
      return () => {
        if (!held) return
        held = false
        holds -= 1
        turn()
      }
    },
    after: (duration, callback) => {
      const timer = { at: epochMs(now + Math.max(0, duration)), callback }
      timers.splice(placeOf(timers, timer.at), 0, timer)
      turn()
      return () => {
        const place = timers.indexOf(timer)
        if (place >= 0) timers.splice(place, 1)
      }
    },
  }
}

/** Behind all timers of the same instant, so that equal times fire in the order they were asked. */
function placeOf(timers: readonly Timer[], at: EpochMs): number {
  let [low, high] = [0, timers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (timers[middle]!.at <= at) low = middle + 1
    else high = middle
  }
  return low
}
