import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type SetVariablesRequest = OCPP20.SetVariablesRequest
export type SetVariablesResponse = OCPP20.SetVariablesResponse

/** OCPP 2.0.1, B05: writes variables of the device model. */
export const setVariables = action<SetVariablesRequest, SetVariablesResponse>()('SetVariables', { direction: 'toStation' })
