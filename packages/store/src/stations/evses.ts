import type { ConnectorStandard, CurrentType, EvseStatus } from '@voltway/domain/stations'
import type { ChargingStationId, EpochMs, EvseId, ReservationId, SessionId, SiteId, TariffId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface EvseRow {
  readonly id: EvseId
  readonly stationId: ChargingStationId
  readonly stationName: string
  readonly siteId: SiteId
  readonly code: string
  readonly number: number
  readonly currentType: CurrentType
  readonly maxPowerW: number
  readonly phases: 1 | 3
  readonly side: 'left' | 'right' | null
  readonly status: EvseStatus
  readonly statusSince: EpochMs | null
  readonly statusError: string | null
  /** When the station was last heard, if it is connected: until then the status is known to hold. */
  readonly heardAt: EpochMs | null
  /** The EVSE's own, else the site's. */
  readonly tariffId: TariffId | null
  readonly connectors: readonly {
    readonly number: number
    readonly standard: ConnectorStandard
    readonly maxPowerW: number
    readonly cableAttached: boolean
  }[]
  readonly sessionId: SessionId | null
  readonly sessionPowerW: number | null
  readonly sessionImportWh: number | null
  readonly sessionSocPercent: number | null
  readonly sessionStartedAt: EpochMs | null
  readonly nextReservationId: ReservationId | null
  readonly nextReservationStartsAt: EpochMs | null
  readonly nextReservationEndsAt: EpochMs | null
}

export interface EvseFilter {
  readonly stationIds?: readonly ChargingStationId[] | undefined
  readonly siteIds?: readonly SiteId[] | undefined
  readonly code?: string | undefined
  /** Reservations that ended before are not next. */
  readonly now: EpochMs
}

const array = <Value>(values: readonly Value[] | undefined) => (values === undefined ? null : [...values])

/** EVSEs with their connectors, the session at each and the next reservation, in one query. */
export const listEvses = async (tx: Transaction<Tables>, tenantId: TenantId, filter: EvseFilter): Promise<readonly EvseRow[]> => {
  const { rows } = await sql<EvseRow>`
    select evse.id, evse.station_id as "stationId", station.name as "stationName", station.site_id as "siteId", evse.code, evse.number, evse.current_type as "currentType",
      evse.max_power_w as "maxPowerW", evse.phases, evse.side, evse.status, evse.status_since as "statusSince", evse.status_error as "statusError",
      case when coalesce(station.connected_at, 0) > coalesce(station.disconnected_at, 0) then greatest(station.last_seen_at, station.connected_at) end as "heardAt",
      coalesce(evse.tariff_id, site.tariff_id) as "tariffId",
      (select coalesce(jsonb_agg(jsonb_build_object('number', connector.number, 'standard', connector.standard, 'maxPowerW', connector.max_power_w,
        'cableAttached', connector.cable_attached) order by connector.number), '[]')
       from voltway.connector where connector.tenant_id = evse.tenant_id and connector.evse_id = evse.id) as connectors,
      running.id as "sessionId", running.power_w as "sessionPowerW", running.import_wh as "sessionImportWh", running.soc_percent as "sessionSocPercent",
      running.started_at as "sessionStartedAt",
      next.id as "nextReservationId", next.starts_at as "nextReservationStartsAt", next.ends_at as "nextReservationEndsAt"
    from voltway.evse
    join voltway.charging_station station on station.tenant_id = evse.tenant_id and station.id = evse.station_id
    join voltway.site on site.tenant_id = station.tenant_id and site.id = station.site_id
    left join lateral (
      select id, power_w, import_wh, soc_percent, started_at from voltway.session
      where session.tenant_id = evse.tenant_id and session.evse_id = evse.id and session.ended_at is null
      order by started_at desc limit 1
    ) running on true
    left join lateral (
      select id, starts_at, ends_at from voltway.reservation
      where reservation.tenant_id = evse.tenant_id and reservation.evse_id = evse.id and reservation.state in ('confirmed', 'pushed', 'active')
        and reservation.during && int8range(${filter.now}, null)
      order by starts_at limit 1
    ) next on true
    where evse.tenant_id = ${tenantId}
      and (${array(filter.stationIds)}::uuid[] is null or evse.station_id = any (${array(filter.stationIds)}::uuid[]))
      and (${array(filter.siteIds)}::uuid[] is null or station.site_id = any (${array(filter.siteIds)}::uuid[]))
      and (${filter.code ?? null}::text is null or evse.code = upper(${filter.code ?? null}::text))
    order by station.name, evse.station_id, evse.number`.execute(tx)
  return rows
}
