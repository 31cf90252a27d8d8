import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type SignCertificateRequest = OCPP20.SignCertificateRequest
export type SignCertificateResponse = OCPP20.SignCertificateResponse

/** OCPP 2.0.1, A02: a station asks for a certificate of its own, or of its EVSEs towards cars. */
export const signCertificate = action<SignCertificateRequest, SignCertificateResponse>()('SignCertificate', { direction: 'fromStation' })
