// The server that is attacked: what `voltway start` starts, with two organisations in it.
import { createHmac, randomBytes } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLog, describeFailures, loadConfig, seedTenant, startServer, systemClock } from '@voltway/app'
import type { TenantId } from '@voltway/units'
import { sql } from 'kysely'
import { serveParent } from '../../bench/ocpp/child.ts'
import { type TownWish, townPlan } from './town-plan.ts'

const [dataDirectory = '', port = '0', dist] = process.argv.slice(2)
const config = loadConfig({ VOLTWAY_HOST: '127.0.0.1', VOLTWAY_PORT: port, VOLTWAY_DATA_DIRECTORY: dataDirectory })
if (!config.ok) throw new Error(describeFailures(config.failure))
const logFile = join(dataDirectory, 'log.jsonl')
const log = createLog({ level: 'info', clock: systemClock, write: (line) => appendFileSync(logFile, line) })
const appOf = (app: string) => join(dist ?? '', app, 'dist')
const webRoots = dist ? { driver: appOf('driver'), console: appOf('console'), simulator: appOf('simulator') } : undefined
const server = await startServer({ config: config.value, log, ...(webRoots && { webRoots }) })
const { db, secrets } = server.services

/**
 * Drivers who are signed in, without the cost of their passwords being hashed: a race of two hundred would measure that instead.
 * @returns a cookie for each
 */
const signedIn = async ({ tenantId, driverIds }: { readonly tenantId: string; readonly driverIds: readonly string[] }) => {
  const tokens = driverIds.map(() => randomBytes(16).toString('hex'))
  await db.inTenant(tenantId as TenantId, (tx) =>
    sql`
      with sent as (select * from unnest(${tokens}::text[], ${driverIds}::uuid[]) as sent (token, driver_id)), users as (
        insert into auth."user" (id, name, email, "emailVerified", "updatedAt")
        select token, 'Racer', token || '@race.example', false, current_timestamp from sent returning id
      ), members as (
        insert into voltway.membership (user_id, tenant_id, role, driver_id, created_at)
        select token, ${tenantId}::uuid, 'driver', driver_id, 0 from sent
      )
      insert into auth.session (id, token, "userId", "expiresAt", "updatedAt")
      select id, id, id, current_timestamp + interval '1 hour', current_timestamp from users`.execute(tx),
  )
  const signed = (token: string) => `${token}.${createHmac('sha256', secrets.authSecret).update(token).digest('base64')}`
  return tokens.map((token) => `voltway.session_token=${encodeURIComponent(signed(token))}`)
}

/** An offer of this server as it will be in an hour. */
const outdated = async ({ offer }: { readonly offer: string }): Promise<string> => {
  const payload: object = JSON.parse(Buffer.from(offer.split('.')[0] ?? '', 'base64url').toString())
  const changed = Buffer.from(JSON.stringify({ ...payload, expiresAt: systemClock.now() - 1 })).toString('base64url')
  return `${changed}.${createHmac('sha256', secrets.offerKey).update(`offer:${changed}`).digest('base64url')}`
}

const calls = {
  outdated,
  seed: (wish: TownWish) => seedTenant(server.services, townPlan(wish)),
  address: async (_: undefined) => ({ url: server.url, port: server.port, logFile }),
  signedIn,
  rows: ({ tenantId, query }: { readonly tenantId: string; readonly query: string }) =>
    db.inTenant(tenantId as TenantId, async (tx) => (await sql.raw<Record<string, unknown>>(query).execute(tx)).rows),
  polluted: async (_: undefined) => Reflect.get({}, 'polluted') !== undefined,
  memory: async (_: undefined) => {
    globalThis.gc?.()
    const { rss, heapUsed, external } = process.memoryUsage()
    return { rss, heapUsed, external }
  },
}
export type AttackedCalls = typeof calls

serveParent(calls, () => server.close())
