import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type SetChargingProfileRequest = OCPP16.SetChargingProfileRequest
export type SetChargingProfileResponse = OCPP16.SetChargingProfileResponse

/** OCPP 1.6, 5.16: limits power or current over time. */
export const setChargingProfile = action<SetChargingProfileRequest, SetChargingProfileResponse>()('SetChargingProfile', {
  direction: 'toStation',
})
