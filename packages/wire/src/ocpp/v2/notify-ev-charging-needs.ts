import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type NotifyEVChargingNeedsRequest = OCPP20.NotifyEVChargingNeedsRequest
export type NotifyEVChargingNeedsResponse = OCPP20.NotifyEVChargingNeedsResponse

/** OCPP 2.0.1, K15 and K16: what a car asks for over its cable. */
export const notifyEVChargingNeeds = action<NotifyEVChargingNeedsRequest, NotifyEVChargingNeedsResponse>()('NotifyEVChargingNeeds', {
  direction: 'fromStation',
})
