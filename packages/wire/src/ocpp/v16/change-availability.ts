import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type ChangeAvailabilityRequest = OCPP16.ChangeAvailabilityRequest
export type ChangeAvailabilityResponse = OCPP16.ChangeAvailabilityResponse

/** OCPP 1.6, 5.2: takes a connector, or the station, into or out of service. */
export const changeAvailability = action<ChangeAvailabilityRequest, ChangeAvailabilityResponse>()('ChangeAvailability', {
  direction: 'toStation',
})
