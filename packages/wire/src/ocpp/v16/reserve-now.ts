import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type ReserveNowRequest = OCPP16.ReserveNowRequest
export type ReserveNowResponse = OCPP16.ReserveNowResponse

/** OCPP 1.6, 5.13: keeps a connector for an idTag until a time. */
export const reserveNow = action<ReserveNowRequest, ReserveNowResponse>()('ReserveNow', { direction: 'toStation' })
