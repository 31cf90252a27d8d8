import type { PlugWord, SessionFold } from '@voltway/domain/sessions'
import type { DriverId, EpochMs, EvseId, IdTokenId, ReservationId, SessionId, TenantId, VehicleId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import type { TransactionKey } from './transaction-facts.ts'
import { type DueTransaction, transactionKeys, transactionText } from './transaction-keys.ts'

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
  /** How often it was folded and saved. */
  readonly folds: number
}

/** The sessions of those transactions that have one, by `transactionText`, locked in one order. */
export const lockSessions = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  transactions: readonly DueTransaction[],
): Promise<ReadonlyMap<string, ProjectedSession>> => {
  const { rows } = await sql<ProjectedSession & DueTransaction>`
    select session.station_id as "stationId", session.transaction_id as "transactionId", session.id, session.state, driver_id as "driverId",
      vehicle_id as "vehicleId", id_token_id as "idTokenId", reservation_id as "reservationId", tariff, import_wh as "importWh", ended_at as "endedAt",
      stop_requested_by as "stopRequestedBy", review, folds
    from voltway.session
    where tenant_id = ${tenantId} and (station_id, transaction_id) in (select station_id, transaction_id from ${transactionKeys(transactions)})
    order by id for update`.execute(tx)
  return new Map(rows.map((row) => [transactionText(row), row]))
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
  readonly importAt: EpochMs | undefined
  readonly powerW: number | undefined
  readonly powerAt: EpochMs | undefined
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
  readonly vehicleNeeds: SessionFold['vehicleNeeds']
  readonly vehicleSchedule: SessionFold['vehicleSchedule']
}

/** A column for each field of a row that is written, with its type: the fold changes all of them but the id. */
const COLUMNS = {
  id: 'uuid',
  station_id: 'uuid',
  transaction_id: 'text',
  evse_id: 'uuid',
  connector: 'integer',
  driver_id: 'uuid',
  vehicle_id: 'uuid',
  id_token_id: 'uuid',
  id_token_last_four: 'text',
  reservation_id: 'uuid',
  state: 'text',
  charging_state: 'text',
  started_at: 'bigint',
  ended_at: 'bigint',
  charging_ended_at: 'bigint',
  import_wh: 'bigint',
  export_wh: 'bigint',
  import_at: 'bigint',
  power_w: 'double precision',
  power_at: 'bigint',
  soc_start: 'double precision',
  soc_percent: 'double precision',
  stop_reason: 'text',
  outcome: 'text',
  held_reasons: 'text[]',
  tariff: 'jsonb',
  cost: 'jsonb',
  currency: 'text',
  total_micros: 'numeric',
  last_fact_at: 'bigint',
  updated_at: 'bigint',
  plug: 'text',
  plug_at: 'bigint',
  vehicle_needs: 'jsonb',
  vehicle_schedule: 'jsonb',
} as const

type Column = keyof typeof COLUMNS
const KEY: readonly Column[] = ['id', 'station_id', 'transaction_id']
const names = Object.keys(COLUMNS) as readonly Column[]
const listed = sql.raw(names.join(', '))
const typed = sql.raw(names.map((name) => `${name} ${COLUMNS[name]}`).join(', '))
const updated = sql.raw(
  names
    .filter((name) => !KEY.includes(name))
    .map((name) => `${name} = excluded.${name}`)
    .join(', '),
)

const columnsOf = ({ stationId, transactionId, row }: SavedSession): Readonly<Record<Column, unknown>> => ({
  id: row.id,
  station_id: stationId,
  transaction_id: transactionId,
  evse_id: row.evseId,
  connector: row.connector,
  driver_id: row.driverId,
  vehicle_id: row.vehicleId,
  id_token_id: row.idTokenId,
  id_token_last_four: row.idTokenLastFour,
  reservation_id: row.reservationId,
  state: row.state,
  charging_state: row.chargingState,
  started_at: row.startedAt,
  ended_at: row.endedAt,
  charging_ended_at: row.chargingEndedAt,
  import_wh: row.importWh,
  export_wh: row.exportWh,
  import_at: row.importAt,
  power_w: row.powerW,
  power_at: row.powerAt,
  soc_start: row.socStart,
  soc_percent: row.socPercent,
  stop_reason: row.stopReason,
  outcome: row.outcome,
  held_reasons: row.heldReasons,
  tariff: row.tariff,
  cost: row.cost,
  currency: row.currency,
  total_micros: row.totalMicros?.toString(),
  last_fact_at: row.lastFactAt,
  updated_at: row.updatedAt,
  plug: row.plug?.word,
  plug_at: row.plug?.at,
  vehicle_needs: row.vehicleNeeds,
  vehicle_schedule: row.vehicleSchedule,
})

/** The row of a session with the transaction it belongs to. */
export interface SavedSession extends DueTransaction {
  readonly row: SessionRow
}

/** Writes what folds came to; a session that was billed is never touched again. */
export const saveSessions = async (tx: Transaction<Tables>, tenantId: TenantId, sessions: readonly SavedSession[]): Promise<void> => {
  if (sessions.length === 0) return
  await sql`
  insert into voltway.session (tenant_id, folds, ${listed})
  select ${tenantId}::uuid, 1, ${listed} from jsonb_to_recordset(${JSON.stringify(sessions.map(columnsOf))}::jsonb) as given (${typed})
  on conflict (tenant_id, station_id, transaction_id) do update set folds = session.folds + 1, ${updated}
  where session.state <> 'billed'`.execute(tx)
}

/** The one word that a station may still say of a session that was billed. False when it was known. */
export const savePlug = async (tx: Transaction<Tables>, key: TransactionKey, { word, at }: SaidOfPlug): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update voltway.session set plug = ${word}, plug_at = ${at}
    where tenant_id = ${key.tenantId} and station_id = ${key.stationId} and transaction_id = ${key.transactionId}
      and (plug, plug_at) is distinct from (${word}::text, ${at}::bigint)`.execute(tx)
  return (numAffectedRows ?? 0n) > 0n
}
