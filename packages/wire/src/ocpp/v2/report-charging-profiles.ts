import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type ReportChargingProfilesRequest = OCPP20.ReportChargingProfilesRequest
export type ReportChargingProfilesResponse = OCPP20.ReportChargingProfilesResponse

/** OCPP 2.0.1, K09: the limits that GetChargingProfiles asked for. */
export const reportChargingProfiles = action<ReportChargingProfilesRequest, ReportChargingProfilesResponse>()('ReportChargingProfiles', {
  direction: 'fromStation',
})
