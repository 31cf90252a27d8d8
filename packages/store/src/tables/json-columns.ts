import type { ColumnType } from 'kysely'

/** Read as parsed JSON, whose shape the reader must check; written as JSON text, since the driver takes an array for an SQL array. */
export type Json = ColumnType<unknown, string, string>
export type NullableJson = ColumnType<unknown, string | null, string | null>
/** With a default in the table. */
export type DefaultJson = ColumnType<unknown, string | undefined, string>
