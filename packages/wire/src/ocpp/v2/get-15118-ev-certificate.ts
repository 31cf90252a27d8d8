import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type Get15118EVCertificateRequest = OCPP20.Get15118EVCertificateRequest
export type Get15118EVCertificateResponse = OCPP20.Get15118EVCertificateResponse

/** OCPP 2.0.1, M01 and M02: a car asks for its contract certificate. The EXI travels as it came. */
export const get15118EVCertificate = action<Get15118EVCertificateRequest, Get15118EVCertificateResponse>()('Get15118EVCertificate', {
  direction: 'fromStation',
})
