export * from './actions.ts'
export { ocpp16 } from './protocol.ts'
export { readMeterValues } from './read-meter-values.ts'
