import type { EpochMs, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface CarbonSeriesRow {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly gramsPerKwh: number
}

/** Carbon intensity of the grid that overlaps [from, to), in order. */
export const carbonSeries = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  span: { readonly name: string; readonly from: EpochMs; readonly to: EpochMs },
): Promise<readonly CarbonSeriesRow[]> =>
  (
    await sql<CarbonSeriesRow>`
    select starts_at as "from", ends_at as "to", grams_per_kwh as "gramsPerKwh" from voltway.carbon_series
    where tenant_id = ${tenantId} and name = ${span.name} and starts_at < ${span.to} and ends_at > ${span.from}
    order by starts_at`.execute(tx)
  ).rows

/** Writes a series over what was said of the same time. */
export const saveCarbonSeries = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { name, items }: { readonly name: string; readonly items: readonly CarbonSeriesRow[] },
) => {
  const [first, last] = [Math.min(...items.map(({ from }) => from)), Math.max(...items.map(({ to }) => to))]
  await sql`
    delete from voltway.carbon_series where tenant_id = ${tenantId} and name = ${name} and starts_at < ${last} and ends_at > ${first}`.execute(
    tx,
  )
  await sql`
    insert into voltway.carbon_series (tenant_id, name, starts_at, ends_at, grams_per_kwh)
    select ${tenantId}::uuid, ${name}::text, starts_at, ends_at, grams
    from unnest(${items.map(({ from }) => from)}::bigint[], ${items.map(({ to }) => to)}::bigint[], ${items.map(({ gramsPerKwh }) => gramsPerKwh)}::double precision[])
      as item (starts_at, ends_at, grams)`.execute(tx)
}
