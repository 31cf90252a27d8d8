import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type UnlockConnectorRequest = OCPP16.UnlockConnectorRequest
export type UnlockConnectorResponse = OCPP16.UnlockConnectorResponse

/** OCPP 1.6, 5.18: lets go of a cable that is stuck. */
export const unlockConnector = action<UnlockConnectorRequest, UnlockConnectorResponse>()('UnlockConnector', { direction: 'toStation' })
