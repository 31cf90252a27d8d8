export * from './drivers.ts'
export * from './id-tokens.ts'
export * from './notifications.ts'
export * from './vehicles.ts'
