import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { startEmbeddedPostgres } from '@voltway/store'
import { type Child, spawnChild } from '../../bench/ocpp/child.ts'
import type { SeededPlace } from '../../bench/ocpp/seed.ts'
import { temporaryDirectory } from '../../bench/ocpp/temporary-directory.ts'
import { startBalancer } from '../nodes/balancer.ts'
import type { NodeCalls } from '../nodes/node-process.ts'
import { checkBills } from './check-bills.ts'
import { checkFacts } from './check-facts.ts'
import type { NodeKill } from './kill-plan.ts'
import { startLoad, underLoad } from './load.ts'
import { openKilledRows } from './read-rows.ts'
import type { ArmPlan, ArmResult } from './run-arm.ts'
import { priceOf } from './seeded-price.ts'
import { settled } from './settled.ts'

export interface NodeKillDone extends NodeKill {
  readonly number: number
  readonly victim: 'A' | 'B'
  readonly acknowledged: number
  readonly sessions: number
  /** From its end to the next answer that any station had. */
  readonly silentMs: number
}
export interface NodesArmPlan extends Pick<ArmPlan, 'seed' | 'stations' | 'pause'> {
  readonly kills: readonly NodeKill[]
  readonly onKill: (done: NodeKillDone) => void
}

const LEASE_SECONDS = '6'

type NodeChild = { readonly child: Child<NodeCalls>; readonly port: number }

/** Two nodes on one PostgreSQL behind a balancer, of which now one and now the other goes, and what is in the database afterwards. */
export const runNodesArm = async (plan: NodesArmPlan): Promise<ArmResult> => {
  const dataDirectory = temporaryDirectory('voltway-kill-nodes-')
  const postgres = await startEmbeddedPostgres({ dataDirectory })
  const balancer = await startBalancer()
  const secret = randomBytes(24).toString('hex')
  const alive = new Set<Child<NodeCalls>>()
  const start = async (name: 'A' | 'B'): Promise<NodeChild> => {
    const env = {
      DATABASE_URL: postgres.connectionString,
      VOLTWAY_DATA_DIRECTORY: dataDirectory,
      VOLTWAY_SECRET: secret,
      VOLTWAY_NODE_NAME: name,
      VOLTWAY_NODE_LEASE_SECONDS: LEASE_SECONDS,
    }
    const child = spawnChild<NodeCalls>(new URL('../nodes/node-process.ts', import.meta.url), { env, quiet: true })
    alive.add(child)
    await child.ready
    return { child, port: await child.call('port', undefined) }
  }
  try {
    const nodes = { A: await start('A'), B: await start('B') }
    const places: SeededPlace[] = []
    for (const name of ['North', 'South']) places.push(await nodes.A.child.call('seedPlace', { name, stations: plan.stations }))
    const load = startLoad(plan, places, `ws://127.0.0.1:${balancer.port}/ocpp/`)
    for (const [index, { how, after }] of plan.kills.entries()) {
      const [victim, other] = index % 2 === 0 ? (['A', 'B'] as const) : (['B', 'A'] as const)
      balancer.prefer([nodes[victim].port, nodes[other].port])
      await Promise.race([underLoad(load.book), load.failed])
      await wait(after)
      balancer.prefer([nodes[other].port, nodes[victim].port])
      nodes[victim].child.signal(how)
      await nodes[victim].child.ended
      const endedAt = performance.now()
      await Promise.race([underLoad(load.book), load.failed])
      plan.onKill({
        how,
        after,
        number: index + 1,
        victim,
        acknowledged: load.book.acknowledged.size,
        sessions: load.book.ended.size,
        silentMs: performance.now() - endedAt,
      })
      if (index + 1 < plan.kills.length) nodes[victim] = await start(victim)
    }
    await load.finish()
    const tenants = places.map(({ tenantId }) => tenantId)
    const rows = await openKilledRows(postgres.connectionString, tenants)
    const { commands } = await settled(rows)
    const [found, money] = [await rows.facts(), await rows.money()]
    await rows.close()
    for (const { child } of Object.values(nodes)) await child.stop()
    return {
      book: load.book,
      facts: checkFacts(load.book, found),
      bills: checkBills(load.book, money, priceOf),
      found: found.length,
      billed: money.bills.length,
      openCommands: commands,
    }
  } finally {
    for (const child of alive) child.signal('SIGKILL')
    await balancer.close()
    await postgres.stop()
    rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
}
