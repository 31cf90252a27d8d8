import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type MeterValuesRequest = OCPP20.MeterValuesRequest
export type MeterValuesResponse = OCPP20.MeterValuesResponse

/** OCPP 2.0.1, J01: sampled values of one EVSE outside transactions; EVSE 0 is the main meter. */
export const meterValues = action<MeterValuesRequest, MeterValuesResponse>()('MeterValues', { direction: 'fromStation' })
