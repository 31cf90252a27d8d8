import type { EpochMs, SiteId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

/** What the panels give, what the building takes, and to what an event of the grid caps the site. */
export const FORECAST_KINDS = ['pv', 'load', 'cap'] as const
export type ForecastKind = (typeof FORECAST_KINDS)[number]

export interface ForecastRow {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly powerW: number
}

export type SiteForecastRow = ForecastRow & { readonly siteId: SiteId; readonly kind: ForecastKind }

/** What is forecast of some sites and overlaps [from, to), in order. */
export const siteForecasts = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  span: { readonly siteIds: readonly SiteId[]; readonly from: EpochMs; readonly to: EpochMs },
): Promise<readonly SiteForecastRow[]> =>
  (
    await sql<SiteForecastRow>`
    select site_id as "siteId", kind, starts_at as "from", ends_at as "to", power_w as "powerW" from voltway.site_forecast
    where tenant_id = ${tenantId} and site_id = any (${[...span.siteIds]}::uuid[]) and starts_at < ${span.to} and ends_at > ${span.from}
    order by site_id, kind, starts_at`.execute(tx)
  ).rows

/** Writes a forecast over what was said of the same time, and forgets what ended before a moment. */
export const saveSiteForecast = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  {
    siteId,
    kind,
    items,
    keepFrom,
  }: { readonly siteId: SiteId; readonly kind: ForecastKind; readonly items: readonly ForecastRow[]; readonly keepFrom: EpochMs },
) => {
  const [first, last] = [Math.min(...items.map(({ from }) => from)), Math.max(...items.map(({ to }) => to))]
  await sql`
    delete from voltway.site_forecast where tenant_id = ${tenantId} and site_id = ${siteId} and kind = ${kind}
      and ((starts_at < ${last} and ends_at > ${first}) or ends_at < ${keepFrom})`.execute(tx)
  await sql`
    insert into voltway.site_forecast (tenant_id, site_id, kind, starts_at, ends_at, power_w)
    select ${tenantId}::uuid, ${siteId}::uuid, ${kind}::text, starts_at, ends_at, power_w
    from unnest(${items.map(({ from }) => from)}::bigint[], ${items.map(({ to }) => to)}::bigint[], ${items.map(({ powerW }) => powerW)}::integer[])
      as item (starts_at, ends_at, power_w)`.execute(tx)
}
