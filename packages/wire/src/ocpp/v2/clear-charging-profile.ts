import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type ClearChargingProfileRequest = OCPP20.ClearChargingProfileRequest
export type ClearChargingProfileResponse = OCPP20.ClearChargingProfileResponse

/** OCPP 2.0.1, K10: takes limits away again. */
export const clearChargingProfile = action<ClearChargingProfileRequest, ClearChargingProfileResponse>()('ClearChargingProfile', {
  direction: 'toStation',
})
