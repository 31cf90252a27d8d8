import { rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { SeededPlace } from '../../bench/ocpp/seed.ts'
import { temporaryDirectory } from '../../bench/ocpp/temporary-directory.ts'
import type { Book } from './book.ts'
import { type BillFaults, checkBills } from './check-bills.ts'
import { checkFacts, type FactFaults } from './check-facts.ts'
import type { Kill } from './kill-plan.ts'
import { type KilledServer, type ServerPlace, spawnServer } from './killed-server.ts'
import { type Load, startLoad, underLoad } from './load.ts'
import { openKilledRows } from './read-rows.ts'
import { priceOf } from './seeded-price.ts'
import { settled } from './settled.ts'

export interface ArmPlan {
  readonly mode: ServerPlace['mode']
  readonly kills: readonly Kill[]
  readonly seed: number
  /** In each of two tenants, half of them 1.6 and half 2.0.1. */
  readonly stations: number
  /** Milliseconds between an answer and the next CALL of a station. */
  readonly pause: number
  readonly onKill: (done: KillDone) => void
}

export interface KillDone extends Kill {
  readonly number: number
  /** From the start of the server to its being ready; undefined for the first one, and for one that was killed before. */
  readonly readyMs: number | undefined
  readonly acknowledged: number
  readonly sessions: number
}

export interface ArmResult {
  readonly book: Book
  readonly facts: FactFaults
  readonly bills: BillFaults
  /** Facts found, acknowledged or not. */
  readonly found: number
  readonly billed: number
  /** Commands that neither ended nor expired. */
  readonly openCommands: number
}

const READY_WITHIN = 60_000

const ready = async ({ child }: KilledServer): Promise<void> => {
  const late = AbortSignal.timeout(READY_WITHIN)
  const never = new Promise<never>((_, reject) =>
    late.addEventListener('abort', () => reject(new Error('the server did not come back within a minute'))),
  )
  await Promise.race([child.ready, never])
}

const now = () => performance.now()

const killOnce = async (server: KilledServer, { victim, after }: Kill, { book, failed }: Load): Promise<number | undefined> => {
  const began = now()
  if (victim === 'starting server') {
    await Promise.race([wait(after), server.child.ready])
    await server.kill(false)
    return undefined
  }
  await ready(server)
  const readyMs = now() - began
  await Promise.race([underLoad(book), failed])
  await wait(after)
  await server.kill(victim === 'server and PostgreSQL')
  return readyMs
}

/** One server's life of many deaths under load, and what is in its database afterwards. */
export const runArm = async (plan: ArmPlan): Promise<ArmResult> => {
  const dataDirectory = temporaryDirectory('voltway-kill-')
  let server = spawnServer({ dataDirectory, port: 0, mode: plan.mode })
  try {
    await ready(server)
    const { port } = await server.child.call('address', undefined)
    const places: SeededPlace[] = []
    for (const name of ['North', 'South']) places.push(await server.child.call('seed', { name, stations: plan.stations }))
    const load = startLoad(plan, places, `ws://127.0.0.1:${port}/ocpp/`)
    for (const [index, kill] of plan.kills.entries()) {
      const readyMs = await killOnce(server, kill, load)
      plan.onKill({
        ...kill,
        number: index + 1,
        readyMs: index === 0 ? undefined : readyMs,
        acknowledged: load.book.acknowledged.size,
        sessions: load.book.ended.size,
      })
      server = spawnServer({ dataDirectory, port, mode: plan.mode })
    }
    await ready(server)
    await load.finish()
    const { connectionString } = await server.child.call('address', undefined)
    const rows = await openKilledRows(
      connectionString,
      places.map(({ tenantId }) => tenantId),
    )
    const unfinished = plan.mode === 'honest' ? await settled(rows) : await rows.unfinished()
    const [found, money] = [await rows.facts(), await rows.money()]
    await rows.close()
    await server.child.stop()
    return {
      book: load.book,
      facts: checkFacts(load.book, found),
      bills: checkBills(load.book, money, priceOf),
      found: found.length,
      billed: money.bills.length,
      openCommands: unfinished.commands,
    }
  } finally {
    server.child.signal('SIGKILL')
    await server.child.ended
    rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
}
