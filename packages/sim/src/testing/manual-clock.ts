import { epochMs, milliseconds } from '@voltway/units'
import { systemClock } from '../clock.ts'
import type { SimClock } from '../sim-clock.ts'
import { virtualClock } from '../virtual-clock.ts'

export interface ManualClock extends SimClock {
  /** Lets simulated time pass; resolves when all that was due has happened and every CALL sent by then was answered. */
  readonly advance: (ms: number) => Promise<void>
}

/** Stands still until it is told to go on. */
export function manualClock(startAt = epochMs(Date.parse('2026-03-02T07:00:00Z'))): ManualClock {
  const clock = virtualClock({ startAt, rate: 'max', base: systemClock })
  let release = clock.hold()
  return {
    ...clock,
    advance: (ms) =>
      new Promise((resolve) => {
        // One more millisecond: the clock moves there only when nobody holds it, so every answer has come.
        clock.after(milliseconds(ms), () =>
          clock.after(milliseconds(1), () => {
            release = clock.hold()
            resolve()
          }),
        )
        release()
      }),
  }
}

/** Waits for something that the network brings; fails after thirty real seconds. */
export async function eventually<Value>(what: string, look: () => Value | undefined | false): Promise<Value> {
  for (const until = performance.now() + 30_000; performance.now() < until; ) {
    const found = look()
    if (found !== undefined && found !== false) return found
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`never happened: ${what}`)
}
