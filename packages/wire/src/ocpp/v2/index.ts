export * from './actions.ts'
export { ocpp201 } from './protocol.ts'
export { readMeterValues } from './read-meter-values.ts'
