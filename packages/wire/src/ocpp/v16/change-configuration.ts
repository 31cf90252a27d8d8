import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type ChangeConfigurationRequest = OCPP16.ChangeConfigurationRequest
export type ChangeConfigurationResponse = OCPP16.ChangeConfigurationResponse

/** OCPP 1.6, 5.3: writes one configuration key; values up to 500 characters. */
export const changeConfiguration = action<ChangeConfigurationRequest, ChangeConfigurationResponse>()('ChangeConfiguration', {
  direction: 'toStation',
})
