export * from './carbon-series.ts'
export * from './price-series.ts'
export * from './tariffs.ts'
