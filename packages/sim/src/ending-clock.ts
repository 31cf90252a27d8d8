import type { SimClock } from './sim-clock.ts'

export interface EndingClock {
  readonly clock: SimClock
  /** Nothing that waits on the clock happens any more, nor what comes to wait on it later. */
  readonly end: () => void
}

/** A clock for something that ends: whatever part of it forgets a timer, or sets one afterwards, it keeps no process open. */
export function endingClock(clock: SimClock): EndingClock {
  const pending = new Set<() => void>()
  let isOver = false
  const after: SimClock['after'] = (duration, callback) => {
    if (isOver) return () => {}
    const cancel = () => {
      pending.delete(cancel)
      stop()
    }
    const stop = clock.after(duration, () => {
      pending.delete(cancel)
      callback()
    })
    pending.add(cancel)
    return cancel
  }
  return {
    clock: { ...clock, after },
    end: () => {
      isOver = true
      for (const cancel of pending) cancel()
    },
  }
}
