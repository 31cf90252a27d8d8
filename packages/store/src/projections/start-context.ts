import type { SiteAccess } from '@voltway/domain/stations'
import type { ChargingStationId, DriverId, EpochMs, EvseId, ReservationId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

/** What a remote start is decided on: the EVSE as it is, who holds it now, and what the driver presents. */
export interface StartContext {
  readonly evseId: EvseId
  readonly evse: number
  readonly stationId: ChargingStationId
  readonly status: string
  readonly appToken: string
  readonly groupToken: string
  readonly driverState: 'active' | 'blocked'
  readonly access: SiteAccess
  readonly holding: readonly {
    readonly id: ReservationId
    readonly code: string
    readonly driverId: DriverId
    readonly state: string
    readonly startsAt: EpochMs
    readonly endsAt: EpochMs
  }[]
}

export interface StartQuery {
  readonly evseCode: string
  readonly driverId: DriverId
  readonly now: EpochMs
  /** A reservation counts as holding from this long before its start. */
  readonly earlyMs: number
}

export const startContext = async (tx: Transaction<Tables>, tenantId: TenantId, query: StartQuery): Promise<StartContext | undefined> => {
  const { rows } = await sql<StartContext>`
    select evse.id as "evseId", evse.number as evse, evse.station_id as "stationId", evse.status, driver.app_token as "appToken",
      driver.group_token as "groupToken", driver.state as "driverState",
      (select site.access from voltway.charging_station station join voltway.site on site.tenant_id = station.tenant_id and site.id = station.site_id
        where station.tenant_id = evse.tenant_id and station.id = evse.station_id) as access,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', r.id, 'code', r.code, 'driverId', r.driver_id, 'state', r.state, 'startsAt', r.starts_at, 'endsAt', r.ends_at) order by r.starts_at)
        from voltway.reservation r
        where r.tenant_id = evse.tenant_id and r.evse_id = evse.id and r.state in ('confirmed', 'pushed', 'active')
          and r.starts_at - ${query.earlyMs} <= ${query.now} and r.ends_at > ${query.now}
      ), '[]') as holding
    from voltway.evse, voltway.driver
    where evse.tenant_id = ${tenantId} and evse.code = ${query.evseCode} and driver.tenant_id = ${tenantId} and driver.id = ${query.driverId}`.execute(
    tx,
  )
  return rows[0]
}
