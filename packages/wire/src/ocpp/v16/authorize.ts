import type { OCPP16 } from 'typed-ocpp'
import { action } from '../action.ts'

export type AuthorizeRequest = OCPP16.AuthorizeRequest
export type AuthorizeResponse = OCPP16.AuthorizeResponse

/** OCPP 1.6, 4.1: may this idTag charge here? */
export const authorize = action<AuthorizeRequest, AuthorizeResponse>()('Authorize', { direction: 'fromStation' })
