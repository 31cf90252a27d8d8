import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type GetConfigurationRequest = OCPP16.GetConfigurationRequest
export type GetConfigurationResponse = OCPP16.GetConfigurationResponse

/** OCPP 1.6, 5.8: reads configuration keys; no key means all. */
export const getConfiguration = action<GetConfigurationRequest, GetConfigurationResponse>()('GetConfiguration', { direction: 'toStation' })
