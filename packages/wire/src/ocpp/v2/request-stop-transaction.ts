import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type RequestStopTransactionRequest = OCPP20.RequestStopTransactionRequest
export type RequestStopTransactionResponse = OCPP20.RequestStopTransactionResponse

/** OCPP 2.0.1, F03: asks the station to end a transaction. */
export const requestStopTransaction = action<RequestStopTransactionRequest, RequestStopTransactionResponse>()('RequestStopTransaction', {
  direction: 'toStation',
})
