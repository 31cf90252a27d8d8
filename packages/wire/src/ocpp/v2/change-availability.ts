import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type ChangeAvailabilityRequest = OCPP20.ChangeAvailabilityRequest
export type ChangeAvailabilityResponse = OCPP20.ChangeAvailabilityResponse

/** OCPP 2.0.1, G03: takes a connector, an EVSE or the station into or out of service. */
export const changeAvailability = action<ChangeAvailabilityRequest, ChangeAvailabilityResponse>()('ChangeAvailability', {
  direction: 'toStation',
})
