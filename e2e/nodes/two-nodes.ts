import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import type { Seeded, SeedPlan } from '@voltway/app'
import { openTestDatabase } from '@voltway/store/testing'
import type { TenantId } from '@voltway/units'
import { sql } from 'kysely'
import { type Child, spawnChild } from '../../bench/ocpp/child.ts'
import { temporaryDirectory } from '../../bench/ocpp/temporary-directory.ts'
import { type Balancer, startBalancer } from './balancer.ts'
import type { NodeCalls } from './node-process.ts'

/** Short, so that tests need not wait, and long enough for a busy machine. */
const LEASE_SECONDS = 6

export interface RunningNode {
  readonly name: string
  readonly port: number
  readonly child: Child<NodeCalls>
}
export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

export interface TwoNodes {
  readonly start: (name: string) => Promise<RunningNode>
  readonly balancer: Balancer
  readonly made: Seeded
  /** Asks a node's API as an operator. */
  readonly ask: (node: RunningNode, method: string, path: string, body?: unknown) => Promise<Answer>
  readonly rows: <Row>(query: string) => Promise<readonly Row[]>
  readonly close: () => Promise<void>
}

/** Server processes on one real PostgreSQL: the embedded one of this test, or that of DATABASE_URL. The first of them is seeded. */
export const openTwoNodes = async (plan: SeedPlan): Promise<TwoNodes & { readonly first: RunningNode }> => {
  const database = await openTestDatabase()
  const folder = temporaryDirectory('voltway-nodes-')
  const balancer = await startBalancer()
  const secret = randomBytes(24).toString('hex')
  const started: RunningNode[] = []
  const start = async (name: string): Promise<RunningNode> => {
    const child = spawnChild<NodeCalls>(new URL('node-process.ts', import.meta.url), {
      env: {
        DATABASE_URL: database.connectionString,
        VOLTWAY_DATA_DIRECTORY: folder,
        VOLTWAY_SECRET: secret,
        VOLTWAY_NODE_NAME: name,
        VOLTWAY_NODE_LEASE_SECONDS: String(LEASE_SECONDS),
        VOLTWAY_REQUESTS_PER_MINUTE: '100000',
      },
    })
    await child.ready
    const node = { name, child, port: await child.call('port', undefined) }
    started.push(node)
    return node
  }
  const first = await start('A')
  const made = await first.child.call('seed', plan)
  const key = made.apiKeys[0]?.key ?? ''
  return {
    first,
    made,
    start,
    balancer,
    ask: async ({ port }, method, path, body) => {
      const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      return { status: response.status, body: (await response.json()) as Answer['body'] }
    },
    rows: <Row>(query: string) =>
      database.inTenant(made.tenantId as TenantId, async (tx) => (await sql.raw<Row>(query).execute(tx)).rows as readonly Row[]),
    close: async () => {
      for (const { child } of started) {
        child.signal('SIGCONT')
        child.signal('SIGKILL')
        await child.ended
      }
      await balancer.close()
      await database.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
