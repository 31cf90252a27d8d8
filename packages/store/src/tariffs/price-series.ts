import type { EpochMs, TariffId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface PriceSeriesRow {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly perKwh: bigint
}

export interface SeriesSpan {
  readonly name: string
  readonly from: EpochMs
  readonly to: EpochMs
}

/** Day-ahead prices that overlap [from, to), in order. */
export const priceSeries = async (tx: Transaction<Tables>, tenantId: TenantId, span: SeriesSpan): Promise<readonly PriceSeriesRow[]> => {
  const { rows } = await sql<{ from: EpochMs; to: EpochMs; perKwh: string }>`
    select starts_at as "from", ends_at as "to", per_kwh_micros::text as "perKwh"
    from voltway.price_series
    where tenant_id = ${tenantId} and name = ${span.name} and starts_at < ${span.to} and ends_at > ${span.from}
    order by starts_at`.execute(tx)
  return rows.map((row) => ({ ...row, perKwh: BigInt(row.perKwh) }))
}

/** Writes prices over those that begin at the same instants. */
export const savePriceSeries = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { name, prices }: { readonly name: string; readonly prices: readonly PriceSeriesRow[] },
) => {
  await sql`
    insert into voltway.price_series (tenant_id, name, starts_at, ends_at, per_kwh_micros)
    select ${tenantId}::uuid, ${name}, starts_at, ends_at, per_kwh
    from unnest(${prices.map(({ from }) => from)}::bigint[], ${prices.map(({ to }) => to)}::bigint[], ${prices.map(({ perKwh }) => perKwh.toString())}::numeric[])
      as price (starts_at, ends_at, per_kwh)
    on conflict (tenant_id, name, starts_at) do update set ends_at = excluded.ends_at, per_kwh_micros = excluded.per_kwh_micros`.execute(tx)
}

export interface PriceSeriesSummary {
  readonly name: string
  /** Null while no price is there. */
  readonly from: EpochMs | null
  readonly to: EpochMs | null
  readonly prices: number
  /** Tariffs that follow it, by name. */
  readonly followedBy: readonly { readonly id: TariffId; readonly name: string }[]
}

/** Every series there are prices of, and how far they reach; and those that a tariff follows though none are there. */
export const listPriceSeries = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<readonly PriceSeriesSummary[]> => {
  const { rows } = await sql<PriceSeriesSummary>`
    with stored as (
      select name, min(starts_at) as "from", max(ends_at) as "to", count(*)::int as prices
      from voltway.price_series where tenant_id = ${tenantId} group by name
    ), followed as (
      select definition -> 'dynamic' ->> 'series' as name,
        jsonb_agg(jsonb_build_object('id', tariff.id, 'name', tariff.name) order by tariff.name, tariff.id) as tariffs
      from voltway.tariff
      where tenant_id = ${tenantId} and archived_at is null and definition -> 'dynamic' ->> 'series' is not null group by 1
    )
    select name, stored."from", stored."to", coalesce(stored.prices, 0) as prices, coalesce(followed.tariffs, '[]') as "followedBy"
    from stored full join followed using (name)
    where (${after ?? null}::text is null or name collate "C" > ${after ?? null}::text)
    order by name collate "C" limit ${limit}`.execute(tx)
  return rows
}
