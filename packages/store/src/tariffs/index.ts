export * from './price-series.ts'
export * from './tariffs.ts'
