export { dropPartitionsBefore } from './drop-partitions.ts'
export { ensurePartitions } from './ensure-partitions.ts'
export { PARTITIONED_TABLES, type PartitionedTable } from './partitioned-tables.ts'
