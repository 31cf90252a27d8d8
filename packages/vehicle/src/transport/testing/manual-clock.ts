import { type Clock, epochMs, type Milliseconds } from '@voltway/units'

/** A clock that a test moves by hand. */
export const manualClock = () => {
  let now = 1_700_000_000_000
  const timers = new Map<symbol, { readonly due: number; readonly callback: () => void }>()
  const clock: Clock = {
    now: () => epochMs(now),
    after: (duration: Milliseconds, callback) => {
      const key = Symbol('timer')
      timers.set(key, { due: now + duration, callback })
      return () => timers.delete(key)
    },
  }
  const pass = (milliseconds: number): void => {
    const end = now + milliseconds
    for (;;) {
      const next = [...timers].filter(([, { due }]) => due <= end).sort(([, a], [, b]) => a.due - b.due)[0]
      if (next === undefined) break
      const [key, { due, callback }] = next
      timers.delete(key)
      now = due
      callback()
    }
    now = end
  }
  return { clock, pass, waiting: () => timers.size }
}
