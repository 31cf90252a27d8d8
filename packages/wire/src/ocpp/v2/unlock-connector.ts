import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type UnlockConnectorRequest = OCPP20.UnlockConnectorRequest
export type UnlockConnectorResponse = OCPP20.UnlockConnectorResponse

/** OCPP 2.0.1, F05: lets go of a cable that is stuck. */
export const unlockConnector = action<UnlockConnectorRequest, UnlockConnectorResponse>()('UnlockConnector', { direction: 'toStation' })
