import type { EpochMs, TenantId } from '@voltway/units'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../tables.ts'
import { monthOf } from './month.ts'
import { PARTITIONED, type PartitionedTable } from './partitioned-tables.ts'
import { partitionsOf } from './partitions-of.ts'

interface Place {
  readonly kysely: Kysely<Tables>
  readonly tenants: () => Promise<readonly TenantId[]>
  readonly inTenant: <Value>(tenantId: TenantId, work: (tx: Kysely<Tables>) => Promise<Value>) => Promise<Value>
}

/**
 * Retention: drops the months that ended before an instant, and what the default partition holds from before it.
 * @returns the names of the partitions that were dropped
 */
export const dropPartitionsBefore = async (
  { kysely, tenants, inTenant }: Place,
  table: PartitionedTable,
  before: EpochMs,
): Promise<readonly string[]> => {
  // The month of the instant is not over; names sort like months.
  const current = `${table}_${monthOf(before).name}`
  const old = [...(await partitionsOf(kysely, table))].filter((name) => /_\d{4,6}_\d\d$/.test(name) && name < current).sort()
  for (const name of old) await sql`drop table ${sql.table(`voltway.${name}`)}`.execute(kysely)
  const column = sql.ref(PARTITIONED[table])
  for (const tenant of await tenants())
    await inTenant(tenant, (tx) => sql`delete from ${sql.table(`voltway.${table}_default`)} where ${column} < ${before}`.execute(tx))
  return old
}
