import type { EpochMs, TenantId } from '@voltway/units'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import { type Month, monthOf } from './month.ts'
import { PARTITIONED, PARTITIONED_TABLES, type PartitionedTable } from './partitioned-tables.ts'
import { partitionsOf } from './partitions-of.ts'

/** One month back for facts that come late, two ahead so that a stopped job does no harm. */
const FIRST = -1
const LAST = 2

interface Place {
  readonly kysely: Kysely<Tables>
  readonly tenants: () => Promise<readonly TenantId[]>
}

const exists = async (tx: Transaction<Tables>, name: string) => {
  const { rows } = await sql<{ found: boolean }>`select to_regclass(${`voltway.${name}`}) is not null as found`.execute(tx)
  return rows[0]!.found
}

/** A policy of its own too: a partition can be named directly. */
const protect = (tx: Transaction<Tables>, name: string) => sql`select voltway.protect(${`voltway.${name}`}::regclass)`.execute(tx)

const createDefault = async (tx: Transaction<Tables>, table: PartitionedTable) => {
  const name = `${table}_default`
  if (await exists(tx, name)) return
  await sql`create table ${sql.table(`voltway.${name}`)} partition of ${sql.table(`voltway.${table}`)} default`.execute(tx)
  await protect(tx, name)
}

interface Move {
  readonly table: PartitionedTable
  readonly month: Month
  readonly tenants: readonly TenantId[]
}

/** Rows of the month leave the default partition, one tenant at a time; attaching it again fails if any were left. */
const moveFromDefault = async (tx: Transaction<Tables>, { table, month, tenants }: Move) => {
  const [parent, spare, column] = [sql.table(`voltway.${table}`), sql.table(`voltway.${table}_default`), sql.ref(PARTITIONED[table])]
  for (const tenant of tenants) {
    await sql`select set_config('voltway.tenants', ${`{${tenant}}`}, true)`.execute(tx)
    await sql`
      with moved as (delete from ${spare} where ${column} >= ${month.from} and ${column} < ${month.to} returning *)
      insert into ${parent} overriding system value select * from moved`.execute(tx)
  }
}

const createMonth = async (tx: Transaction<Tables>, { table, month, tenants }: Move) => {
  const name = `${table}_${month.name}`
  const [parent, spare] = [sql.table(`voltway.${table}`), sql.table(`voltway.${table}_default`)]
  // Bounds and names are our own digits: utility statements take no parameters.
  const bounds = sql.raw(`from (${month.from}) to (${month.to})`)
  await sql`lock table ${parent} in access exclusive mode`.execute(tx)
  if (await exists(tx, name)) return false
  await sql`alter table ${parent} detach partition ${spare}`.execute(tx)
  await sql`create table ${sql.table(`voltway.${name}`)} partition of ${parent} for values ${bounds}`.execute(tx)
  await protect(tx, name)
  await moveFromDefault(tx, { table, month, tenants })
  await sql`alter table ${parent} attach partition ${spare} default`.execute(tx)
  return true
}

/**
 * Makes the monthly partitions around an instant of our clock, and the default one that takes what falls outside of all. Rows that
 * waited in the default partition move to a new month. Cheap when all is there; several servers may call it at once.
 * @returns the names of the partitions that were made
 */
export const ensurePartitions = async ({ kysely, tenants }: Place, now: EpochMs): Promise<readonly string[]> => {
  const made: string[] = []
  for (const table of PARTITIONED_TABLES) {
    const months = Array.from({ length: LAST - FIRST + 1 }, (_, index) => monthOf(now, FIRST + index))
    const known = await partitionsOf(kysely, table)
    if (!known.has(`${table}_default`)) await kysely.transaction().execute((tx) => createDefault(tx, table))
    for (const month of months) {
      const name = `${table}_${month.name}`
      if (known.has(name)) continue
      const all = await tenants()
      if (await kysely.transaction().execute((tx) => createMonth(tx, { table, month, tenants: all }))) made.push(name)
    }
  }
  return made
}
