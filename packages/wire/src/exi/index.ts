export * from './codec.ts'
export type { ExiCode, ExiFailure } from './failure.ts'
export type { GrammarTables } from './grammar-tables.ts'
