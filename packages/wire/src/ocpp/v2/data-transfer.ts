import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type DataTransferRequest = OCPP20.DataTransferRequest
export type DataTransferResponse = OCPP20.DataTransferResponse

/** OCPP 2.0.1, P01 and P02: what OCPP has no message for, either way. */
export const dataTransfer = action<DataTransferRequest, DataTransferResponse>()('DataTransfer', { direction: 'both' })
