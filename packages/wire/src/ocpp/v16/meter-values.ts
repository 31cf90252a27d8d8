import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type MeterValuesRequest = OCPP16.MeterValuesRequest
export type MeterValuesResponse = OCPP16.MeterValuesResponse

/** OCPP 1.6, 4.7: sampled values of one connector, with or without a transaction. */
export const meterValues = action<MeterValuesRequest, MeterValuesResponse>()('MeterValues', { direction: 'fromStation' })
