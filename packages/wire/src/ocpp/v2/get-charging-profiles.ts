import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type GetChargingProfilesRequest = OCPP20.GetChargingProfilesRequest
export type GetChargingProfilesResponse = OCPP20.GetChargingProfilesResponse

/** OCPP 2.0.1, K09: asks which limits are installed; they come in ReportChargingProfiles. */
export const getChargingProfiles = action<GetChargingProfilesRequest, GetChargingProfilesResponse>()('GetChargingProfiles', {
  direction: 'toStation',
})
