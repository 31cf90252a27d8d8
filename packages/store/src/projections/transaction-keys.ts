import type { ChargingStationId } from '@voltway/units'
import { sql } from 'kysely'

/** A transaction within a tenant. */
export interface DueTransaction {
  readonly stationId: ChargingStationId
  readonly transactionId: string
}

/** Many transactions as the rows `key (station_id, transaction_id)`. */
export const transactionKeys = (transactions: readonly DueTransaction[]) => {
  const stations = transactions.map(({ stationId }) => stationId)
  const names = transactions.map(({ transactionId }) => transactionId)
  return sql`unnest(${stations}::uuid[], ${names}::text[]) as key (station_id, transaction_id)`
}

/** One text for each transaction of a tenant, to look it up by. */
export const transactionText = ({ stationId, transactionId }: DueTransaction) => `${stationId}/${transactionId}`
