import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type StatusNotificationRequest = OCPP16.StatusNotificationRequest
export type StatusNotificationResponse = OCPP16.StatusNotificationResponse

/** OCPP 1.6, 4.9: what a connector is doing; connector 0 is the whole station. */
export const statusNotification = action<StatusNotificationRequest, StatusNotificationResponse>()('StatusNotification', {
  direction: 'fromStation',
})
