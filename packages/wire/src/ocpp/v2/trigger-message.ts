import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type TriggerMessageRequest = OCPP20.TriggerMessageRequest
export type TriggerMessageResponse = OCPP20.TriggerMessageResponse

/** OCPP 2.0.1, F06: asks for a message that the station would send by itself. */
export const triggerMessage = action<TriggerMessageRequest, TriggerMessageResponse>()('TriggerMessage', { direction: 'toStation' })
