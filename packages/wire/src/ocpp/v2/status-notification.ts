import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type StatusNotificationRequest = OCPP20.StatusNotificationRequest
export type StatusNotificationResponse = OCPP20.StatusNotificationResponse

/** OCPP 2.0.1, G01: what a connector is doing. */
export const statusNotification = action<StatusNotificationRequest, StatusNotificationResponse>()('StatusNotification', {
  direction: 'fromStation',
})
