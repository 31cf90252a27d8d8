import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type TransactionEventRequest = OCPP20.TransactionEventRequest
export type TransactionEventResponse = OCPP20.TransactionEventResponse

/** OCPP 2.0.1, E: a transaction started, changed or ended. */
export const transactionEvent = action<TransactionEventRequest, TransactionEventResponse>()('TransactionEvent', {
  direction: 'fromStation',
})
