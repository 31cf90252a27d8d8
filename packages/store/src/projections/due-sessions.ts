import type { ChargingStationId, DriverId, EpochMs, EvseId, ReservationId, SessionId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

/** Billed in one turn: those that ended last, so that who has just charged does not wait for a backlog, and those that have waited longest. */
const [NEWEST, OLDEST] = [5, 15]

interface DueSession {
  readonly id: SessionId
  readonly stationId: ChargingStationId
  readonly transactionId: string
}

/** Ended, plausible, and without a charge detail record. */
export const sessionsToBill = async (tx: Transaction<Tables>, tenantId: TenantId): Promise<readonly DueSession[]> => {
  const { rows } = await sql<DueSession>`
    with due as not materialized (
      select s.id, s.station_id as "stationId", s.transaction_id as "transactionId", s.ended_at from voltway.session s
      where s.tenant_id = ${tenantId} and s.state = 'ended'
        and not exists (select from voltway.cdr c where c.tenant_id = s.tenant_id and c.session_id = s.id))
    (select * from due order by ended_at desc limit ${NEWEST}) union (select * from due order by ended_at limit ${OLDEST})`.execute(tx)
  return rows
}

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
export const sessionsToWatch = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  endedAfter: EpochMs,
): Promise<readonly WatchedSession[]> => {
  const { rows } = await sql<Omit<WatchedSession, 'told'>>`
    select s.id, s.driver_id as "driverId", s.evse_id as "evseId", s.state, s.started_at as "startedAt", s.ended_at as "endedAt",
      s.charging_ended_at as "chargingEndedAt", s.import_wh as "importWh", s.soc_percent as "socPercent", s.reservation_id as "reservationId",
      r.ends_at as "reservedUntil", (r.plan->>'energyWh')::bigint as "plannedWh", jsonb_build_object('idle', s.tariff->'idle') as tariff
    from voltway.session s left join voltway.reservation r on r.tenant_id = s.tenant_id and r.id = s.reservation_id
    where s.tenant_id = ${tenantId} and s.driver_id is not null and s.evse_id is not null and (s.ended_at is null or s.ended_at >= ${endedAfter})
    limit 1000`.execute(tx)
  if (rows.length === 0) return []
  // Not joined: for each session a planner without statistics reads all that the driver was ever told.
  const told = await sql<{ sessionId: SessionId; kinds: readonly string[] }>`
    select session_id as "sessionId", array_agg(kind) as kinds from voltway.notification
    where tenant_id = ${tenantId} and session_id = any (${rows.map(({ id }) => id)}::uuid[])
    group by session_id`.execute(tx)
  const kindsOf = new Map(told.rows.map(({ sessionId, kinds }) => [sessionId, kinds]))
  return rows.map((row) => ({ ...row, told: kindsOf.get(row.id) ?? [] }))
}

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
