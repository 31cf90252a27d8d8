/** The tables that are split by month, and the column that says which. */
export const PARTITIONED = {
  ocpp_message: 'received_at',
  status_history: 'occurred_at',
  meter_value: 'occurred_at',
  outbox: 'recorded_at',
} as const

export type PartitionedTable = keyof typeof PARTITIONED
export const PARTITIONED_TABLES = Object.keys(PARTITIONED) as readonly PartitionedTable[]
