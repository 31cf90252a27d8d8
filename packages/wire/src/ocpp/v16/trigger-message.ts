import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type TriggerMessageRequest = OCPP16.TriggerMessageRequest
export type TriggerMessageResponse = OCPP16.TriggerMessageResponse

/** OCPP 1.6, 5.17: asks for a message that the station would send by itself. */
export const triggerMessage = action<TriggerMessageRequest, TriggerMessageResponse>()('TriggerMessage', { direction: 'toStation' })
