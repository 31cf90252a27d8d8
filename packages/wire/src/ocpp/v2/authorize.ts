import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type AuthorizeRequest = OCPP20.AuthorizeRequest
export type AuthorizeResponse = OCPP20.AuthorizeResponse

/** OCPP 2.0.1, C01: may this idToken charge here? */
export const authorize = action<AuthorizeRequest, AuthorizeResponse>()('Authorize', { direction: 'fromStation' })
