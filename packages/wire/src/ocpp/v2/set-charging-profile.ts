import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type SetChargingProfileRequest = OCPP20.SetChargingProfileRequest
export type SetChargingProfileResponse = OCPP20.SetChargingProfileResponse

/** OCPP 2.0.1, K01: limits power or current over time. */
export const setChargingProfile = action<SetChargingProfileRequest, SetChargingProfileResponse>()('SetChargingProfile', {
  direction: 'toStation',
})
