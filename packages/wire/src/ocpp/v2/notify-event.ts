import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type NotifyEventRequest = OCPP20.NotifyEventRequest
export type NotifyEventResponse = OCPP20.NotifyEventResponse

/** OCPP 2.0.1, N07 and G05: values of variables that the station was asked, or is built, to tell of. */
export const notifyEvent = action<NotifyEventRequest, NotifyEventResponse>()('NotifyEvent', { direction: 'fromStation' })
