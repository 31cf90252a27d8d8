import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type StartTransactionRequest = OCPP16.StartTransactionRequest
export type StartTransactionResponse = OCPP16.StartTransactionResponse

/** OCPP 1.6, 4.8: a transaction began; the answer gives it its number. */
export const startTransaction = action<StartTransactionRequest, StartTransactionResponse>()('StartTransaction', {
  direction: 'fromStation',
})
