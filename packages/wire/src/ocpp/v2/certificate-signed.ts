import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type CertificateSignedRequest = OCPP20.CertificateSignedRequest
export type CertificateSignedResponse = OCPP20.CertificateSignedResponse

/** OCPP 2.0.1, A02: the chain that a station asked to have signed. */
export const certificateSigned = action<CertificateSignedRequest, CertificateSignedResponse>()('CertificateSigned', {
  direction: 'toStation',
})
