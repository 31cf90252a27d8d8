import { type Kysely, sql } from 'kysely'
import type { Tables } from '../tables.ts'
import type { PartitionedTable } from './partitioned-tables.ts'

/** The names of a table's partitions as they are now. */
export const partitionsOf = async (kysely: Kysely<Tables>, table: PartitionedTable): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ name: string }>`
    select child.relname as name from pg_inherits join pg_class child on child.oid = inhrelid
    where inhparent = to_regclass(${`voltway.${table}`})`.execute(kysely)
  return new Set(rows.map(({ name }) => name))
}
