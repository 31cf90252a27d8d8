import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type BootNotificationRequest = OCPP20.BootNotificationRequest
export type BootNotificationResponse = OCPP20.BootNotificationResponse

/** OCPP 2.0.1, B01: sent after power-up; the answer admits the station and sets its clock and heartbeat. */
export const bootNotification = action<BootNotificationRequest, BootNotificationResponse>()('BootNotification', {
  direction: 'fromStation',
})
