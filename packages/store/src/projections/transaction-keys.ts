import { type ChargingStationId, type EpochMs, epochMs } from '@voltway/units'
import { sql } from 'kysely'

/** A transaction within a tenant. */
export interface DueTransaction {
  readonly stationId: ChargingStationId
  readonly transactionId: string
}

/** A transaction of which something new was said, or of which all that was said from an instant on is wanted. */
export interface TransactionSince extends DueTransaction {
  /** Station time of the earliest such fact. */
  readonly from: EpochMs
}

/** From the first fact on, whatever a station's clock said: the first instant there is. */
export const FROM_THE_START = epochMs(-8_640_000_000_000_000)

/** Many transactions as the rows `key (station_id, transaction_id, from_at)`. */
export const transactionKeys = (transactions: readonly (DueTransaction & Partial<TransactionSince>)[]) => {
  const stations = transactions.map(({ stationId }) => stationId)
  const names = transactions.map(({ transactionId }) => transactionId)
  const since = transactions.map(({ from = FROM_THE_START }) => from)
  return sql`unnest(${stations}::uuid[], ${names}::text[], ${since}::bigint[]) as key (station_id, transaction_id, from_at)`
}

/** One text for each transaction of a tenant, to look it up by. */
export const transactionText = ({ stationId, transactionId }: DueTransaction) => `${stationId}/${transactionId}`
