import type { EpochMs, TenantId } from '@voltway/units'
import { sql } from 'kysely'
import type { Tx } from '../identity/tx.ts'

export interface StatusCounts {
  readonly links: readonly { readonly version: string; readonly count: number }[]
  readonly sessions: readonly { readonly state: string; readonly count: number }[]
  readonly evses: readonly { readonly status: string; readonly count: number }[]
  /** Age of the oldest event that the projector has not looked at, over all tenants; 0 when it has seen everything. */
  readonly lagMs: number
}

interface Places {
  readonly tenants: () => Promise<readonly TenantId[]>
  readonly inTenant: <Value>(tenantId: TenantId, work: (tx: Tx) => Promise<Value>) => Promise<Value>
}

interface TenantCounts extends Omit<StatusCounts, 'lagMs'> {
  readonly waitingSince: EpochMs | null
}

/** Reads what is open now, never what has ended: a scrape costs the same after years. */
const countsOf = async (tx: Tx, tenantId: TenantId): Promise<TenantCounts> => {
  const { rows } = await sql<TenantCounts>`
    select
      (select coalesce(jsonb_agg(g), '[]') from (select coalesce(ocpp_version, 'unknown') as version, count(*)::int as count
        from voltway.charging_station where tenant_id = ${tenantId} and connected_at > coalesce(disconnected_at, 0) group by 1) g) as links,
      (select coalesce(jsonb_agg(g), '[]') from (select state, count(*)::int as count from voltway.session
        where tenant_id = ${tenantId} and ended_at is null group by 1) g) as sessions,
      (select coalesce(jsonb_agg(g), '[]') from (select status, count(*)::int as count from voltway.evse
        where tenant_id = ${tenantId} group by 1) g) as evses,
      (select event.recorded_at from voltway.outbox_cursor seen
        join lateral (select recorded_at from voltway.outbox
          where outbox.tenant_id = seen.tenant_id and (outbox.xid, outbox.position) > (seen.xid, seen.position)
          order by outbox.xid, outbox.position limit 1) event on true
        where seen.tenant_id = ${tenantId} and seen.consumer = 'projector') as "waitingSince"`.execute(tx)
  return rows[0] ?? { links: [], sessions: [], evses: [], waitingSince: null }
}

/** Counts over the installation, tenant by tenant. */
export const statusCounts = async (db: Places, now: EpochMs): Promise<StatusCounts> => {
  const all: TenantCounts[] = []
  for (const tenantId of await db.tenants()) all.push(await db.inTenant(tenantId, (tx) => countsOf(tx, tenantId)))
  const sumBy = <Key extends string>(key: Key, rows: readonly ({ readonly [K in Key]: string } & { readonly count: number })[]) => {
    const sums = new Map<string, number>()
    for (const row of rows) sums.set(row[key], (sums.get(row[key]) ?? 0) + row.count)
    return [...sums]
  }
  return {
    links: sumBy(
      'version',
      all.flatMap(({ links }) => links),
    ).map(([version, count]) => ({ version, count })),
    sessions: sumBy(
      'state',
      all.flatMap(({ sessions }) => sessions),
    ).map(([state, count]) => ({ state, count })),
    evses: sumBy(
      'status',
      all.flatMap(({ evses }) => evses),
    ).map(([status, count]) => ({ status, count })),
    lagMs: Math.max(0, ...all.map(({ waitingSince }) => (waitingSince === null ? 0 : now - waitingSince))),
  }
}
