import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type RemoteStopTransactionRequest = OCPP16.RemoteStopTransactionRequest
export type RemoteStopTransactionResponse = OCPP16.RemoteStopTransactionResponse

/** OCPP 1.6, 5.12: asks the station to end a transaction. */
export const remoteStopTransaction = action<RemoteStopTransactionRequest, RemoteStopTransactionResponse>()('RemoteStopTransaction', {
  direction: 'toStation',
})
