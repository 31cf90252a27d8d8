import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type ReserveNowRequest = OCPP20.ReserveNowRequest
export type ReserveNowResponse = OCPP20.ReserveNowResponse

/** OCPP 2.0.1, H01: keeps an EVSE for an idToken until a time. */
export const reserveNow = action<ReserveNowRequest, ReserveNowResponse>()('ReserveNow', { direction: 'toStation' })
