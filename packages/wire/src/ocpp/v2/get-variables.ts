import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type GetVariablesRequest = OCPP20.GetVariablesRequest
export type GetVariablesResponse = OCPP20.GetVariablesResponse

/** OCPP 2.0.1, B06: reads variables of the device model. */
export const getVariables = action<GetVariablesRequest, GetVariablesResponse>()('GetVariables', { direction: 'toStation' })
