import type { ChargingStationId, EpochMs, SiteId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

/** A session that is over, as far as it says what may come again. */
export interface PastSession {
  readonly stationId: ChargingStationId
  readonly startedAt: EpochMs
  readonly endedAt: EpochMs
  readonly importWh: number
  /** The least of what its EVSE gives and its car is known to take. */
  readonly maxPowerW: number
  /** When its slot was booked; null for one who only came. */
  readonly bookedAt: EpochMs | null
}

/** Sessions of a site that began in [from, to), ended, and took energy. */
export const pastSessions = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { siteId, from, to }: { readonly siteId: SiteId; readonly from: EpochMs; readonly to: EpochMs },
): Promise<readonly PastSession[]> =>
  (
    await sql<PastSession>`
    select s.station_id as "stationId", s.started_at as "startedAt", s.ended_at as "endedAt", s.import_wh as "importWh",
      least(evse.max_power_w, case when evse.current_type = 'AC' then vehicle.max_ac_w else vehicle.max_dc_w end) as "maxPowerW",
      r.created_at as "bookedAt"
    from voltway.evse
    join voltway.charging_station station on station.tenant_id = evse.tenant_id and station.id = evse.station_id
    join voltway.session s on s.tenant_id = evse.tenant_id and s.evse_id = evse.id
    left join voltway.vehicle on vehicle.tenant_id = s.tenant_id and vehicle.id = s.vehicle_id
    left join voltway.reservation r on r.tenant_id = s.tenant_id and r.id = s.reservation_id
    where evse.tenant_id = ${tenantId} and station.site_id = ${siteId} and s.started_at >= ${from} and s.started_at < ${to}
      and s.ended_at > s.started_at and s.import_wh > 0
    order by s.started_at, s.id`.execute(tx)
  ).rows
