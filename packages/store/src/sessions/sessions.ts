import type { PlugWord } from '@voltway/domain/sessions'
import type { ChargingStationId, DriverId, EpochMs, EvseId, ReservationId, SessionId, SiteId, TenantId, VehicleId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface SessionListRow {
  readonly id: SessionId
  readonly state: string
  readonly chargingState: string | null
  readonly stationId: ChargingStationId
  readonly stationName: string
  readonly transactionId: string
  readonly siteId: SiteId
  readonly siteName: string
  readonly timeZone: string
  readonly evseId: EvseId | null
  readonly evseCode: string | null
  readonly evseNumber: number | null
  readonly evseSide: 'left' | 'right' | null
  readonly evseStatus: string | null
  readonly evseMaxPowerW: number | null
  readonly standards: readonly string[] | null
  readonly driverId: DriverId | null
  readonly driverName: string | null
  readonly vehicleId: VehicleId | null
  readonly vehicleLabel: string | null
  readonly tokenLastFour: string | null
  readonly reservationId: ReservationId | null
  readonly reservationCode: string | null
  readonly reservationEndsAt: EpochMs | null
  /** The accepted plan as JSON. */
  readonly plan: unknown
  readonly startedAt: EpochMs
  readonly endedAt: EpochMs | null
  readonly chargingEndedAt: EpochMs | null
  readonly importWh: number
  readonly exportWh: number
  readonly powerW: number | null
  readonly socStart: number | null
  readonly socPercent: number | null
  readonly stopReason: string | null
  readonly stopRequestedAt: EpochMs | null
  readonly outcome: string | null
  readonly heldReasons: readonly string[]
  readonly tariff: unknown
  /** The cost breakdown as JSON. */
  readonly cost: unknown
  readonly receiptNumber: number | null
  /** The station's last word on the plug's lock. */
  readonly plug: PlugWord | null
  readonly plugAt: EpochMs | null
  /** Locked by that word, and nothing since shows that the plug came out. */
  readonly plugHeld: boolean
}

export interface SessionFilter {
  readonly id?: SessionId | undefined
  readonly state?: string | undefined
  readonly active?: boolean | undefined
  readonly siteId?: SiteId | undefined
  readonly stationId?: ChargingStationId | undefined
  readonly evseId?: EvseId | undefined
  readonly driverId?: DriverId | undefined
  /** Only held ones and those that were lost on their way from plug to paid; a bill that is still to come is no loss. */
  readonly inError?: boolean | undefined
  /** Started in [from, to). */
  readonly from?: EpochMs | undefined
  readonly to?: EpochMs | undefined
  readonly before?: { readonly at: number; readonly id: string } | undefined
  readonly limit?: number | undefined
}

/** Sessions with everything a list shows, newest first. */
export const listSessions = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  filter: SessionFilter,
): Promise<readonly SessionListRow[]> => {
  const { rows } = await sql<SessionListRow>`
    select session.id, session.state, session.charging_state as "chargingState", session.station_id as "stationId", station.name as "stationName",
      session.transaction_id as "transactionId", site.id as "siteId", site.name as "siteName", site.time_zone as "timeZone",
      session.evse_id as "evseId", evse.code as "evseCode", evse.number as "evseNumber", evse.side as "evseSide", evse.status as "evseStatus",
      evse.max_power_w as "evseMaxPowerW",
      (select array_agg(connector.standard order by connector.number) from voltway.connector
       where connector.tenant_id = evse.tenant_id and connector.evse_id = evse.id) as standards,
      session.driver_id as "driverId", person.name as "driverName", session.vehicle_id as "vehicleId", vehicle.label as "vehicleLabel",
      session.id_token_last_four as "tokenLastFour", session.reservation_id as "reservationId", reservation.code as "reservationCode",
      reservation.ends_at as "reservationEndsAt", reservation.plan, session.started_at as "startedAt", session.ended_at as "endedAt",
      session.charging_ended_at as "chargingEndedAt", session.import_wh as "importWh", session.export_wh as "exportWh", session.power_w as "powerW",
      session.soc_start as "socStart", session.soc_percent as "socPercent", session.stop_reason as "stopReason", session.stop_requested_at as "stopRequestedAt", session.outcome,
      session.held_reasons as "heldReasons", session.tariff, session.cost, cdr.receipt_number as "receiptNumber",
      session.plug, session.plug_at as "plugAt",
      case when session.plug = 'locked' then evse.status is distinct from 'available' and not exists (select from voltway.session later
        where later.tenant_id = session.tenant_id and later.evse_id = session.evse_id and later.started_at > session.started_at)
      else false end as "plugHeld"
    from voltway.session
    join voltway.charging_station station on station.tenant_id = session.tenant_id and station.id = session.station_id
    join voltway.site on site.tenant_id = station.tenant_id and site.id = station.site_id
    left join voltway.evse on evse.tenant_id = session.tenant_id and evse.id = session.evse_id
    left join voltway.driver on driver.tenant_id = session.tenant_id and driver.id = session.driver_id
    left join voltway.person on person.tenant_id = driver.tenant_id and person.id = driver.person_id
    left join voltway.vehicle on vehicle.tenant_id = session.tenant_id and vehicle.id = session.vehicle_id
    left join voltway.reservation on reservation.tenant_id = session.tenant_id and reservation.id = session.reservation_id
    left join voltway.cdr on cdr.tenant_id = session.tenant_id and cdr.session_id = session.id
    where session.tenant_id = ${tenantId}
      and (${filter.id ?? null}::uuid is null or session.id = ${filter.id ?? null}::uuid)
      and (${filter.state ?? null}::text is null or session.state = ${filter.state ?? null}::text)
      and (${filter.active ?? null}::boolean is null or (session.ended_at is null) = ${filter.active ?? null}::boolean)
      and (${filter.siteId ?? null}::uuid is null or site.id = ${filter.siteId ?? null}::uuid)
      and (${filter.stationId ?? null}::uuid is null or session.station_id = ${filter.stationId ?? null}::uuid)
      and (${filter.evseId ?? null}::uuid is null or session.evse_id = ${filter.evseId ?? null}::uuid)
      and (${filter.driverId ?? null}::uuid is null or session.driver_id = ${filter.driverId ?? null}::uuid)
      and (not ${filter.inError ?? false}::boolean or cardinality(session.held_reasons) > 0
        or (session.outcome like '%:%' and session.outcome not like 'paid:%'))
      and (${filter.from ?? null}::bigint is null or session.started_at >= ${filter.from ?? null}::bigint)
      and (${filter.to ?? null}::bigint is null or session.started_at < ${filter.to ?? null}::bigint)
      and (${filter.before?.at ?? null}::bigint is null
        or (session.started_at, session.id) < (${filter.before?.at ?? null}::bigint, ${filter.before?.id ?? null}::uuid))
    order by session.started_at desc, session.id desc
    limit ${filter.limit ?? 1}`.execute(tx)
  return rows
}
