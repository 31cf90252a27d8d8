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

export interface EvsePlace {
  readonly stationId: ChargingStationId
  readonly evse: number
}
export const evsePlaceText = ({ stationId, evse }: EvsePlace) => `${stationId}/${evse}`

/** Of each EVSE that is known, by `evsePlaceText`. */
export const transactionPlaces = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  evses: readonly EvsePlace[],
): Promise<ReadonlyMap<string, TransactionPlace>> => {
  const { rows } = await sql<TransactionPlace & EvsePlace>`
    select distinct evse.station_id as "stationId", evse.number as evse, evse.id as "evseId", site.id as "siteId", site.time_zone as "timeZone",
      trim(site.currency) as currency, evse.max_power_w as "maxPowerW", evse.phases, evse.current_type as "currentType",
      coalesce(own.definition, shared.definition) as tariff
    from unnest(${evses.map(({ stationId }) => stationId)}::uuid[], ${evses.map(({ evse }) => evse)}::int[]) as key (station_id, number)
    join voltway.evse on evse.station_id = key.station_id and evse.number = key.number
    join voltway.charging_station station on station.tenant_id = evse.tenant_id and station.id = evse.station_id
    join voltway.site on site.tenant_id = station.tenant_id and site.id = station.site_id
    left join voltway.tariff own on own.tenant_id = evse.tenant_id and own.id = evse.tariff_id
    left join voltway.tariff shared on shared.tenant_id = site.tenant_id and shared.id = site.tariff_id
    where evse.tenant_id = ${tenantId}`.execute(tx)
  return new Map(rows.map(({ stationId, evse, ...place }) => [evsePlaceText({ stationId, evse }), place]))
}
