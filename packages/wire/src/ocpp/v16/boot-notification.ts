import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type BootNotificationRequest = OCPP16.BootNotificationRequest
export type BootNotificationResponse = OCPP16.BootNotificationResponse

/** OCPP 1.6, 4.2: sent after power-up; the answer admits the station and sets its clock and heartbeat. */
export const bootNotification = action<BootNotificationRequest, BootNotificationResponse>()('BootNotification', {
  direction: 'fromStation',
})
