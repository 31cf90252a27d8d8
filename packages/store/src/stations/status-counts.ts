import type { TenantId } from '@voltway/units'
import { sql } from 'kysely'
import type { Tx } from '../identity/tx.ts'

export interface StatusCounts {
  readonly links: readonly { readonly version: string; readonly count: number }[]
  readonly sessions: readonly { readonly state: string; readonly count: number }[]
  readonly evses: readonly { readonly status: string; readonly count: number }[]
  readonly attempts: readonly { readonly outcome: string; readonly count: number }[]
  readonly energyWh: number
}

interface Places {
  readonly tenants: () => Promise<readonly TenantId[]>
  readonly inTenant: <Value>(tenantId: TenantId, work: (tx: Tx) => Promise<Value>) => Promise<Value>
}

const countsOf = async (tx: Tx): Promise<StatusCounts> => {
  const { rows } = await sql<StatusCounts>`
    select
      (select coalesce(jsonb_agg(g), '[]') from (select coalesce(ocpp_version, 'unknown') as version, count(*)::int as count
        from voltway.charging_station where connected_at > coalesce(disconnected_at, 0) group by 1) g) as links,
      (select coalesce(jsonb_agg(g), '[]') from (select state, count(*)::int as count from voltway.session where ended_at is null group by 1) g) as sessions,
      (select coalesce(jsonb_agg(g), '[]') from (select status, count(*)::int as count from voltway.evse group by 1) g) as evses,
      (select coalesce(jsonb_agg(g), '[]') from (select coalesce(outcome, 'unknown') as outcome, count(*)::int as count
        from voltway.session where ended_at is not null group by 1) g) as attempts,
      (select coalesce(sum(import_wh), 0)::float8 from voltway.session) as "energyWh"`.execute(tx)
  return rows[0] ?? { links: [], sessions: [], evses: [], attempts: [], energyWh: 0 }
}

/** Counts over the installation, tenant by tenant. */
export const statusCounts = async (db: Places): Promise<StatusCounts> => {
  const all: StatusCounts[] = []
  for (const tenantId of await db.tenants()) all.push(await db.inTenant(tenantId, countsOf))
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
    attempts: sumBy(
      'outcome',
      all.flatMap(({ attempts }) => attempts),
    ).map(([outcome, count]) => ({ outcome, count })),
    energyWh: all.reduce((sum, { energyWh }) => sum + energyWh, 0),
  }
}
