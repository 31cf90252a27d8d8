import type { PlugWord } from '@voltway/domain/sessions'
import type { DriverId, EpochMs, EvseId, IdTokenId, ReservationId, SessionId, VehicleId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import type { TransactionKey } from './transaction-facts.ts'

/** What the projector keeps of a session from one fold to the next: whose it is and what was agreed. */
export interface ProjectedSession {
  readonly id: SessionId
  readonly state: string
  readonly driverId: DriverId | null
  readonly vehicleId: VehicleId | null
  readonly idTokenId: IdTokenId | null
  readonly reservationId: ReservationId | null
  readonly tariff: unknown
  readonly importWh: number
  readonly endedAt: EpochMs | null
  readonly stopRequestedBy: 'driver' | 'operator' | 'reservationEnd' | null
  /** What a person decided when it was held; undefined while nobody did. */
  readonly review: { readonly decision: 'bill' | 'waive' } | null
}

export const lockSession = async (tx: Transaction<Tables>, key: TransactionKey): Promise<ProjectedSession | undefined> => {
  const { rows } = await sql<ProjectedSession>`
    select id, state, driver_id as "driverId", vehicle_id as "vehicleId", id_token_id as "idTokenId", reservation_id as "reservationId", tariff,
      import_wh as "importWh", ended_at as "endedAt", stop_requested_by as "stopRequestedBy", review
    from voltway.session
    where tenant_id = ${key.tenantId} and station_id = ${key.stationId} and transaction_id = ${key.transactionId}
    for update`.execute(tx)
  return rows[0]
}

export interface SaidOfPlug {
  readonly word: PlugWord
  readonly at: EpochMs
}

export interface SessionRow {
  readonly id: SessionId
  readonly evseId: EvseId | undefined
  readonly connector: number | undefined
  readonly driverId: DriverId | undefined
  readonly vehicleId: VehicleId | undefined
  readonly idTokenId: IdTokenId | undefined
  readonly idTokenLastFour: string | undefined
  readonly reservationId: ReservationId | undefined
  readonly state: string
  readonly chargingState: string | undefined
  readonly startedAt: EpochMs
  readonly endedAt: EpochMs | undefined
  readonly chargingEndedAt: EpochMs | undefined
  readonly importWh: number
  readonly exportWh: number
  readonly powerW: number | undefined
  readonly socStart: number | undefined
  readonly socPercent: number | undefined
  readonly stopReason: string | undefined
  readonly outcome: string | undefined
  readonly heldReasons: readonly string[]
  readonly tariff: unknown
  readonly cost: unknown
  readonly currency: string | undefined
  readonly totalMicros: bigint | undefined
  readonly lastFactAt: EpochMs
  readonly updatedAt: EpochMs
  readonly plug: SaidOfPlug | undefined
}

/** Writes the fold's result; a session that was billed is never touched again. */
export const saveSession = (tx: Transaction<Tables>, key: TransactionKey, row: SessionRow) =>
  sql`
  insert into voltway.session (tenant_id, id, station_id, transaction_id, evse_id, connector, driver_id, vehicle_id, id_token_id, id_token_last_four,
    reservation_id, state, charging_state, started_at, ended_at, charging_ended_at, import_wh, export_wh, power_w, soc_start, soc_percent, stop_reason,
    outcome, held_reasons, tariff, cost, currency, total_micros, last_fact_at, updated_at, plug, plug_at)
  values (${key.tenantId}, ${row.id}, ${key.stationId}, ${key.transactionId}, ${row.evseId ?? null}, ${row.connector ?? null}, ${row.driverId ?? null},
    ${row.vehicleId ?? null}, ${row.idTokenId ?? null}, ${row.idTokenLastFour ?? null}, ${row.reservationId ?? null}, ${row.state},
    ${row.chargingState ?? null}, ${row.startedAt}, ${row.endedAt ?? null}, ${row.chargingEndedAt ?? null}, ${row.importWh}, ${row.exportWh},
    ${row.powerW ?? null}, ${row.socStart ?? null}, ${row.socPercent ?? null}, ${row.stopReason ?? null}, ${row.outcome ?? null},
    ${[...row.heldReasons]}, ${row.tariff === undefined ? null : JSON.stringify(row.tariff)}, ${row.cost === undefined ? null : JSON.stringify(row.cost)},
    ${row.currency ?? null}, ${row.totalMicros?.toString() ?? null}, ${row.lastFactAt}, ${row.updatedAt},
    ${row.plug?.word ?? null}, ${row.plug?.at ?? null})
  on conflict (tenant_id, station_id, transaction_id) do update set
    evse_id = excluded.evse_id, connector = excluded.connector, driver_id = excluded.driver_id, vehicle_id = excluded.vehicle_id,
    id_token_id = excluded.id_token_id, id_token_last_four = excluded.id_token_last_four, reservation_id = excluded.reservation_id,
    state = excluded.state, charging_state = excluded.charging_state, started_at = excluded.started_at, ended_at = excluded.ended_at,
    charging_ended_at = excluded.charging_ended_at, import_wh = excluded.import_wh, export_wh = excluded.export_wh, power_w = excluded.power_w,
    soc_start = excluded.soc_start, soc_percent = excluded.soc_percent, stop_reason = excluded.stop_reason, outcome = excluded.outcome,
    held_reasons = excluded.held_reasons, tariff = excluded.tariff, cost = excluded.cost, currency = excluded.currency,
    total_micros = excluded.total_micros, last_fact_at = excluded.last_fact_at, updated_at = excluded.updated_at, plug = excluded.plug,
    plug_at = excluded.plug_at
  where session.state <> 'billed'`.execute(tx)

/** The one word that a station may still say of a session that was billed. False when it was known. */
export const savePlug = async (tx: Transaction<Tables>, key: TransactionKey, { word, at }: SaidOfPlug): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update voltway.session set plug = ${word}, plug_at = ${at}
    where tenant_id = ${key.tenantId} and station_id = ${key.stationId} and transaction_id = ${key.transactionId}
      and (plug, plug_at) is distinct from (${word}::text, ${at}::bigint)`.execute(tx)
  return (numAffectedRows ?? 0n) > 0n
}
