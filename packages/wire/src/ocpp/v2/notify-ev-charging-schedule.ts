import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type NotifyEVChargingScheduleRequest = OCPP20.NotifyEVChargingScheduleRequest
export type NotifyEVChargingScheduleResponse = OCPP20.NotifyEVChargingScheduleResponse

/** OCPP 2.0.1, K15 and K17: what a car says it will draw. */
export const notifyEVChargingSchedule = action<NotifyEVChargingScheduleRequest, NotifyEVChargingScheduleResponse>()(
  'NotifyEVChargingSchedule',
  { direction: 'fromStation' },
)
