export * from './cdr.ts'
export * from './ledger.ts'
export * from './receipt.ts'
