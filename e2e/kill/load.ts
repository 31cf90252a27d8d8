import { setTimeout as wait } from 'node:timers/promises'
import { seeded } from '@voltway/units'
import type { SeededPlace } from '../../bench/ocpp/seed.ts'
import { type Book, newBook } from './book.ts'
import { runStation } from './run-station.ts'

export interface LoadPlan {
  readonly seed: number
  /** Milliseconds between an answer and the next CALL of a station. */
  readonly pause: number
}

export interface Load {
  readonly book: Book
  /** Rejects when a station is told what no station should be; never resolves. */
  readonly failed: Promise<never>
  readonly finish: () => Promise<void>
}

/** Stations that charge one car after the other, and keep a book of what they were answered. */
export const startLoad = (plan: LoadPlan, places: readonly SeededPlace[], url: string): Load => {
  const book = newBook()
  let last = false
  let over = false
  const running = places.flatMap(({ tenantId, stations, card }) =>
    stations.map((credentials, index) =>
      runStation({
        url,
        protocol: index % 2 === 0 ? 'ocpp1.6' : 'ocpp2.0.1',
        credentials,
        book,
        place: { tenantId, stationId: credentials.id },
        card,
        pause: plan.pause,
        random: seeded(plan.seed + index),
        isLast: () => last,
        isOver: () => over,
      }),
    ),
  )
  const all = Promise.all(running)
  // A station that is refused ends the test; nobody waits for the rest of them.
  all.catch(() => {
    over = true
  })
  const failed = all.then(() => new Promise<never>(() => {}))
  failed.catch(() => {})
  return {
    book,
    failed,
    finish: async () => {
      last = true
      await all
    },
  }
}

const LOAD_WITHIN = 60_000
const now = () => performance.now()

/** The stations have found the server again, and it answers them. */
export const underLoad = async ({ acknowledged }: Book): Promise<void> => {
  const [before, deadline] = [acknowledged.size, now() + LOAD_WITHIN]
  while (acknowledged.size === before) {
    if (now() > deadline) throw new Error('no station was answered by the server that came back')
    await wait(5)
  }
}
