import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type StopTransactionRequest = OCPP16.StopTransactionRequest
export type StopTransactionResponse = OCPP16.StopTransactionResponse

/** OCPP 1.6, 4.10: a transaction ended; it may carry its sampled values. */
export const stopTransaction = action<StopTransactionRequest, StopTransactionResponse>()('StopTransaction', { direction: 'fromStation' })
