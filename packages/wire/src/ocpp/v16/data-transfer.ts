import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type DataTransferRequest = OCPP16.DataTransferRequest
export type DataTransferResponse = OCPP16.DataTransferResponse

/** OCPP 1.6, 4.3 and 5.6: what OCPP has no message for, either way. */
export const dataTransfer = action<DataTransferRequest, DataTransferResponse>()('DataTransfer', { direction: 'both' })
