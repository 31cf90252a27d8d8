import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type RequestStartTransactionRequest = OCPP20.RequestStartTransactionRequest
export type RequestStartTransactionResponse = OCPP20.RequestStartTransactionResponse

/** OCPP 2.0.1, F01: asks the station to start charging for an idToken. */
export const requestStartTransaction = action<RequestStartTransactionRequest, RequestStartTransactionResponse>()(
  'RequestStartTransaction',
  { direction: 'toStation' },
)
