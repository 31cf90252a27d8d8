export * from './cost.ts'
export * from './tariff.ts'
