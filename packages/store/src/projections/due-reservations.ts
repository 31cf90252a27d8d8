import type { ChargingStationId, DriverId, EpochMs, EvseId, Milliseconds, ReservationId, SessionId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface DueReservation {
  readonly id: ReservationId
  readonly number: number
  readonly code: string
  readonly state: 'confirmed' | 'pushed' | 'active'
  readonly stationId: ChargingStationId
  readonly evseId: EvseId
  readonly evse: number
  readonly driverId: DriverId
  readonly groupToken: string
  readonly startsAt: EpochMs
  readonly endsAt: EpochMs
}

const columns = sql`
  r.id, r.number, r.code, r.state, r.station_id as "stationId", r.evse_id as "evseId", evse.number as evse, r.driver_id as "driverId",
  driver.group_token as "groupToken", r.starts_at as "startsAt", r.ends_at as "endsAt"`
const joined = sql`
  voltway.reservation r
  join voltway.evse on evse.tenant_id = r.tenant_id and evse.id = r.evse_id
  join voltway.driver on driver.tenant_id = r.tenant_id and driver.id = r.driver_id`

export interface DueWindow {
  readonly now: EpochMs
  /** How long before its start a reservation is pushed to the station. */
  readonly lead: Milliseconds
  /** How long after its start an unused slot is kept. */
  readonly grace: Milliseconds
}

/** In whose name a station is asked to hold a slot: commands are kept, so it is known when it was asked last. */
export const reservationAsker = (id: ReservationId | '') => `reservation:push:${id}`

/** Confirmed, starting soon, not yet held by the station, and not asked for since a moment. */
export const reservationsToPush = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { now, lead, grace, askedBefore }: DueWindow & { readonly askedBefore: EpochMs },
) =>
  (
    await sql<DueReservation>`
    select ${columns} from ${joined}
    where r.tenant_id = ${tenantId} and r.state = 'confirmed' and r.starts_at <= ${now + lead} and r.starts_at + ${grace} > ${now} and r.ends_at > ${now}
      and not exists (select from voltway.station_command asked where asked.tenant_id = r.tenant_id and asked.station_id = r.station_id
        and asked.requested_at > ${askedBefore} and asked.requested_by = ${reservationAsker('')} || r.id::text)
    order by r.starts_at limit 200`.execute(tx)
  ).rows

/** Nobody came within the grace time, or the slot is over. */
export const reservationsUnused = async (tx: Transaction<Tables>, tenantId: TenantId, { now, grace }: DueWindow) =>
  (
    await sql<DueReservation>`
    select ${columns} from ${joined}
    where r.tenant_id = ${tenantId} and r.state in ('confirmed', 'pushed') and (r.starts_at <= ${now - grace} or r.ends_at <= ${now})
      and not exists (select from voltway.session s where s.tenant_id = r.tenant_id and s.reservation_id = r.id)
    order by r.starts_at limit 200`.execute(tx)
  ).rows

export interface Overrun {
  readonly reservationId: ReservationId
  readonly sessionId: SessionId
  readonly stationId: ChargingStationId
  readonly transactionId: string
}

/** Still charging although the reserved time is over, and nobody asked for the stop yet. */
export const reservationsOverrun = async (tx: Transaction<Tables>, tenantId: TenantId, now: EpochMs) =>
  (
    await sql<Overrun>`
    select r.id as "reservationId", s.id as "sessionId", s.station_id as "stationId", s.transaction_id as "transactionId"
    from voltway.reservation r join voltway.session s on s.tenant_id = r.tenant_id and s.reservation_id = r.id
    where r.tenant_id = ${tenantId} and r.state = 'active' and r.ends_at <= ${now} and s.ended_at is null
      and (s.stop_requested_at is null or s.stop_requested_at < ${now - 60_000})
    limit 200`.execute(tx)
  ).rows
