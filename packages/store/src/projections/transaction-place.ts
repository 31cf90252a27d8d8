import type { ChargingStationId, EvseId, SiteId, TenantId, Watts } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

/** Where a transaction takes place and what it costs there by default. */
export interface TransactionPlace {
  readonly evseId: EvseId
  readonly siteId: SiteId
  readonly timeZone: string
  readonly currency: string
  readonly maxPowerW: Watts
  readonly phases: 1 | 3
  readonly currentType: 'AC' | 'DC'
  /** Tariff JSON: the EVSE's own, else the site's. */
  readonly tariff: unknown
}

export const transactionPlace = async (
  tx: Transaction<Tables>,
  key: { readonly tenantId: TenantId; readonly stationId: ChargingStationId },
  evseNumber: number,
): Promise<TransactionPlace | undefined> => {
  const { rows } = await sql<TransactionPlace>`
    select evse.id as "evseId", site.id as "siteId", site.time_zone as "timeZone", trim(site.currency) as currency, evse.max_power_w as "maxPowerW",
      evse.phases, evse.current_type as "currentType", coalesce(own.definition, shared.definition) as tariff
    from voltway.evse
    join voltway.charging_station station on station.tenant_id = evse.tenant_id and station.id = evse.station_id
    join voltway.site on site.tenant_id = station.tenant_id and site.id = station.site_id
    left join voltway.tariff own on own.tenant_id = evse.tenant_id and own.id = evse.tariff_id
    left join voltway.tariff shared on shared.tenant_id = site.tenant_id and shared.id = site.tariff_id
    where evse.tenant_id = ${key.tenantId} and evse.station_id = ${key.stationId} and evse.number = ${evseNumber}`.execute(tx)
  return rows[0]
}
