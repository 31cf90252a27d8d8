import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type RemoteStartTransactionRequest = OCPP16.RemoteStartTransactionRequest
export type RemoteStartTransactionResponse = OCPP16.RemoteStartTransactionResponse

/** OCPP 1.6, 5.11: asks the station to start charging for an idTag. */
export const remoteStartTransaction = action<RemoteStartTransactionRequest, RemoteStartTransactionResponse>()('RemoteStartTransaction', {
  direction: 'toStation',
})
