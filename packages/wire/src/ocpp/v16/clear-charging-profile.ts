import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type ClearChargingProfileRequest = OCPP16.ClearChargingProfileRequest
export type ClearChargingProfileResponse = OCPP16.ClearChargingProfileResponse

/** OCPP 1.6, 5.5: takes limits away again. */
export const clearChargingProfile = action<ClearChargingProfileRequest, ClearChargingProfileResponse>()('ClearChargingProfile', {
  direction: 'toStation',
})
