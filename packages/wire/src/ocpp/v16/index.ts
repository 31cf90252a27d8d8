export * from './actions.ts'
export { ocpp16 } from './protocol.ts'
export { type MeterValue, readMeterValues } from './read-meter-values.ts'
