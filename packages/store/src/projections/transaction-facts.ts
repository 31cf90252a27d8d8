import type { MeterSampled, TransactionReported } from '@voltway/domain/sessions'
import type { ChargingStationId, EpochMs, Percent, TenantId, WattHours, Watts } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import { type DueTransaction, type TransactionSince, transactionKeys, transactionText } from './transaction-keys.ts'

export interface TransactionKey extends DueTransaction {
  readonly tenantId: TenantId
}

/** A transaction's step as it is stored: the token only as keyed hash and last characters. */
export interface StoredTransactionReported extends TransactionReported {
  readonly idTokenHash: Uint8Array | undefined
  readonly idTokenLastFour: string | undefined
  readonly authorisation: string | undefined
}

interface FactRow {
  kind: TransactionReported['kind']
  natural_key: string
  occurred_at: EpochMs
  received_at: EpochMs
  evse: number | null
  connector: number | null
  seq_no: number | null
  trigger: string | null
  charging_state: TransactionReported['chargingState'] | null
  stop_reason: TransactionReported['stopReason'] | null
  id_token_hash: Uint8Array | null
  id_token_last_four: string | null
  authorisation: string | null
  reservation_number: number | null
  remote_start_number: number | null
  register_wh: WattHours | null
  offline: boolean
  plug: TransactionReported['plug'] | null
  vehicle: TransactionReported['vehicle'] | null
  fault: string | null
}
interface MeterRow {
  evse: number
  connector: number | null
  occurred_at: EpochMs
  received_at: EpochMs
  payload_hash: string
  context: string | null
  import_wh: WattHours | null
  export_wh: WattHours | null
  power_w: Watts | null
  offered_w: Watts | null
  current_a: number | null
  voltage_v: number | null
  soc_percent: Percent | null
}

/** All that was said about a transaction. */
export interface TransactionFacts {
  readonly steps: readonly StoredTransactionReported[]
  readonly readings: readonly MeterSampled[]
}

type Named<Row> = Row & { readonly station_id: ChargingStationId; readonly transaction_id: string }

/**
 * Everything that stations said about some transactions, or since an instant, each in no promised order, by `transactionText`. Each is
 * looked up by itself (`offset 0` keeps it so): of a month that has just begun the planner knows nothing yet, and would read all of it.
 */
export const factsOfTransactions = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  transactions: readonly (DueTransaction & Partial<TransactionSince>)[],
): Promise<ReadonlyMap<string, TransactionFacts>> => {
  const steps = await sql<Named<FactRow>>`
    select said.* from ${transactionKeys(transactions)} cross join lateral (
      select station_id, transaction_id, kind, natural_key, occurred_at, received_at, evse, connector, seq_no, trigger, charging_state,
        stop_reason, id_token_hash, id_token_last_four, authorisation, reservation_number, remote_start_number, register_wh, offline, plug, vehicle,
        fault
      from voltway.transaction_fact fact
      where fact.tenant_id = ${tenantId} and fact.station_id = key.station_id and fact.transaction_id = key.transaction_id
        and fact.occurred_at >= key.from_at
      offset 0) said`.execute(tx)
  const readings = await sql<Named<MeterRow>>`
    select said.* from ${transactionKeys(transactions)} cross join lateral (
      select station_id, transaction_id, evse, connector, occurred_at, received_at, payload_hash, context, import_wh, export_wh, power_w,
        offered_w, current_a, voltage_v, soc_percent
      from voltway.meter_value value
      where value.tenant_id = ${tenantId} and value.station_id = key.station_id and value.transaction_id = key.transaction_id
        and value.occurred_at >= key.from_at
      offset 0) said`.execute(tx)
  const nameOf = (row: Named<unknown>) => transactionText({ stationId: row.station_id, transactionId: row.transaction_id })
  const stepsOf = Map.groupBy(steps.rows, nameOf)
  const readingsOf = Map.groupBy(readings.rows, nameOf)
  return new Map(
    transactions.map((one) => {
      const name = transactionText(one)
      return [
        name,
        {
          steps: (stepsOf.get(name) ?? []).map((row) => stepOf(row, one.transactionId)),
          readings: (readingsOf.get(name) ?? []).map((row) => readingOf(row, one.transactionId)),
        },
      ]
    }),
  )
}

/** Everything a station said about one transaction, in no promised order. */
export const transactionFacts = async (tx: Transaction<Tables>, { tenantId, ...one }: TransactionKey): Promise<TransactionFacts> =>
  (await factsOfTransactions(tx, tenantId, [one])).get(transactionText(one))!

const stepOf = (row: FactRow, transactionId: string): StoredTransactionReported => ({
  kind: row.kind,
  transactionId,
  naturalKey: row.natural_key,
  occurredAt: row.occurred_at,
  receivedAt: row.received_at,
  ...(row.evse !== null && { evse: row.evse, connector: row.connector ?? undefined }),
  seqNo: row.seq_no ?? undefined,
  trigger: row.trigger ?? undefined,
  chargingState: row.charging_state ?? undefined,
  stopReason: row.stop_reason ?? undefined,
  idToken: undefined,
  idTokenHash: row.id_token_hash ?? undefined,
  idTokenLastFour: row.id_token_last_four ?? undefined,
  authorisation: row.authorisation ?? undefined,
  reservationNumber: row.reservation_number ?? undefined,
  remoteStartNumber: row.remote_start_number ?? undefined,
  registerWh: row.register_wh ?? undefined,
  offline: row.offline,
  ...(row.plug && { plug: row.plug }),
  ...(row.vehicle && { vehicle: row.vehicle }),
  ...(row.fault !== null && { fault: row.fault }),
})

const readingOf = (row: MeterRow, transactionId: string): MeterSampled => ({
  kind: 'meter.sampled',
  transactionId,
  evse: row.evse,
  connector: row.connector ?? undefined,
  occurredAt: row.occurred_at,
  receivedAt: row.received_at,
  payloadHash: row.payload_hash,
  context: row.context ?? undefined,
  importWh: row.import_wh ?? undefined,
  exportWh: row.export_wh ?? undefined,
  powerW: row.power_w ?? undefined,
  offeredW: row.offered_w ?? undefined,
  currentA: row.current_a ?? undefined,
  voltageV: row.voltage_v ?? undefined,
  socPercent: row.soc_percent ?? undefined,
  other: undefined,
})
