import type { EpochMs, EvseId, SiteId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface SitePowerRow {
  readonly evseId: EvseId
  /** Start of the bin. */
  readonly at: EpochMs
  /** Mean of the readings in the bin. */
  readonly powerW: number
}

export interface SiteSpan {
  readonly siteId: SiteId
  readonly from: EpochMs
  readonly to: EpochMs
  readonly binMs: number
}

/** Mean power of each EVSE of a site in equal bins of time; bins without a reading are left out. */
export const sitePower = async (tx: Transaction<Tables>, tenantId: TenantId, span: SiteSpan): Promise<readonly SitePowerRow[]> => {
  const { rows } = await sql<SitePowerRow>`
    select evse.id as "evseId", (value.occurred_at / ${span.binMs}::bigint) * ${span.binMs}::bigint as at, avg(value.power_w) as "powerW"
    from voltway.charging_station station
    join voltway.evse on evse.tenant_id = station.tenant_id and evse.station_id = station.id
    join voltway.meter_value value on value.tenant_id = station.tenant_id and value.station_id = station.id and value.evse = evse.number
      and value.occurred_at >= ${span.from} and value.occurred_at < ${span.to} and value.power_w is not null
    where station.tenant_id = ${tenantId} and station.site_id = ${span.siteId}
    group by 1, 2
    order by 2, 1`.execute(tx)
  return rows
}
