import type { ChargingStationId, DriverId, EpochMs, EvseId, ReservationId, SessionId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

/** Ended, plausible, and without a charge detail record. */
export const sessionsToBill = async (tx: Transaction<Tables>, tenantId: TenantId) =>
  (
    await sql<{ id: SessionId; stationId: ChargingStationId; transactionId: string }>`
    select s.id, s.station_id as "stationId", s.transaction_id as "transactionId" from voltway.session s
    where s.tenant_id = ${tenantId} and s.state = 'ended'
      and not exists (select from voltway.cdr c where c.tenant_id = s.tenant_id and c.session_id = s.id)
    order by s.ended_at limit 100`.execute(tx)
  ).rows

export interface WatchedSession {
  readonly id: SessionId
  readonly driverId: DriverId
  readonly evseId: EvseId
  readonly state: string
  readonly startedAt: EpochMs
  readonly endedAt: EpochMs | null
  readonly chargingEndedAt: EpochMs | null
  readonly importWh: number
  readonly socPercent: number | null
  readonly reservationId: ReservationId | null
  readonly reservedUntil: EpochMs | null
  readonly plannedWh: number | null
  /** Of its tariff only the idle fee. */
  readonly tariff: unknown
  /** Kinds of notices that the driver had already. */
  readonly told: readonly string[]
}

/** Sessions of known drivers that go on, or ended a short while ago: what notices are decided from. */
export const sessionsToWatch = async (tx: Transaction<Tables>, tenantId: TenantId, endedAfter: EpochMs) =>
  (
    await sql<WatchedSession>`
    with watched as (
      select s.id, s.driver_id, s.evse_id, s.state, s.started_at, s.ended_at, s.charging_ended_at, s.import_wh, s.soc_percent, s.reservation_id,
        jsonb_build_object('idle', s.tariff->'idle') as tariff
      from voltway.session s
      where s.tenant_id = ${tenantId} and s.driver_id is not null and s.evse_id is not null and (s.ended_at is null or s.ended_at >= ${endedAfter})
      limit 1000
    ), told as (
      select n.session_id, array_agg(n.kind) as kinds
      from watched join voltway.notification n on n.tenant_id = ${tenantId} and n.driver_id = watched.driver_id and n.session_id = watched.id
      group by n.session_id
    )
    select s.id, s.driver_id as "driverId", s.evse_id as "evseId", s.state, s.started_at as "startedAt", s.ended_at as "endedAt",
      s.charging_ended_at as "chargingEndedAt", s.import_wh as "importWh", s.soc_percent as "socPercent", s.reservation_id as "reservationId",
      r.ends_at as "reservedUntil", (r.plan->>'energyWh')::bigint as "plannedWh", s.tariff, coalesce(told.kinds, '{}') as told
    from watched s left join told on told.session_id = s.id
    left join voltway.reservation r on r.tenant_id = ${tenantId} and r.id = s.reservation_id`.execute(tx)
  ).rows

/** Remembers who asked for the stop; says whether the session was still open. */
export const markStopRequested = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  stop: { readonly sessionId: SessionId; readonly by: 'driver' | 'operator' | 'reservationEnd'; readonly at: EpochMs },
) => {
  const { rows } = await sql<{ id: string }>`
    update voltway.session set stop_requested_by = ${stop.by}, stop_requested_at = ${stop.at}
    where tenant_id = ${tenantId} and id = ${stop.sessionId} and ended_at is null returning id`.execute(tx)
  return rows.length > 0
}
