import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type CancelReservationRequest = OCPP20.CancelReservationRequest
export type CancelReservationResponse = OCPP20.CancelReservationResponse

/** OCPP 2.0.1, H02: gives a reserved EVSE back. */
export const cancelReservation = action<CancelReservationRequest, CancelReservationResponse>()('CancelReservation', {
  direction: 'toStation',
})
