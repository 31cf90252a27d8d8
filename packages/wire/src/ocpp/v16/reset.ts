import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type ResetRequest = OCPP16.ResetRequest
export type ResetResponse = OCPP16.ResetResponse

/** OCPP 1.6, 5.14: restarts the station. */
export const reset = action<ResetRequest, ResetResponse>()('Reset', { direction: 'toStation' })
