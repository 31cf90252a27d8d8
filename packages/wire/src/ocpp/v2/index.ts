export * from './actions.ts'
export { ocpp201 } from './protocol.ts'
export { type MeterValue, readMeterValues } from './read-meter-values.ts'
