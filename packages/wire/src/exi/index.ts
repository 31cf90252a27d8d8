export * from './codec.ts'
export type { ExiCode, ExiDeviation, ExiFailure } from './failure.ts'
export type { GrammarTables } from './grammar-tables.ts'
export type { FieldsWriters } from './write-fields.ts'
