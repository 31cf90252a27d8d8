export * from './database/index.ts'
export * from './outbox/index.ts'
export * from './tables.ts'
