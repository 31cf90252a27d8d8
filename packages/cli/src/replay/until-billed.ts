import { systemClock } from '@voltway/sim'
import { milliseconds } from '@voltway/units'
import type { ReplayServer } from './replay-server.ts'

/** Nothing more was billed for so long: it will not be. */
const GIVE_UP_MS = 20_000
const LOOK_MS = 100

export interface Bills {
  /** Sessions with a receipt, or held for review. */
  readonly settled: () => number
  /** Resolves when so many sessions are settled, or when no more are coming. */
  readonly reach: (count: number) => Promise<void>
  readonly stop: () => void
}

/** Follows the bills of a server from its first event on. */
export const watchBills = (server: ReplayServer): Bills => {
  const settled = new Set<string>()
  const stop = server.onEvent((type, subject) => {
    if (type === 'cdr.issued' || type === 'session.held') settled.add(subject)
  })
  const look = () => new Promise<void>((resolve) => void systemClock.after(milliseconds(LOOK_MS), resolve))
  return {
    settled: () => settled.size,
    stop,
    reach: async (count) => {
      server.wake()
      let [last, since] = [settled.size, systemClock.now()]
      while (settled.size < count && systemClock.now() - since < GIVE_UP_MS) {
        await look()
        if (settled.size > last) [last, since] = [settled.size, systemClock.now()]
      }
    },
  }
}
