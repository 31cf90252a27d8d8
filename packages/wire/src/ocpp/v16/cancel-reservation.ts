import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type CancelReservationRequest = OCPP16.CancelReservationRequest
export type CancelReservationResponse = OCPP16.CancelReservationResponse

/** OCPP 1.6, 5.1: gives a reserved connector back. */
export const cancelReservation = action<CancelReservationRequest, CancelReservationResponse>()('CancelReservation', {
  direction: 'toStation',
})
