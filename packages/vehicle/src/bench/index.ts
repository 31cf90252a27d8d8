export * from './bench-car.ts'
export * from './bench-options.ts'
export * from './bench-station.ts'
