import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type ResetRequest = OCPP20.ResetRequest
export type ResetResponse = OCPP20.ResetResponse

/** OCPP 2.0.1, B11: restarts the station or one EVSE. */
export const reset = action<ResetRequest, ResetResponse>()('Reset', { direction: 'toStation' })
