import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type GetCertificateStatusRequest = OCPP20.GetCertificateStatusRequest
export type GetCertificateStatusResponse = OCPP20.GetCertificateStatusResponse

/** OCPP 2.0.1, M06: a station asks whether a certificate was revoked, to staple the answer. */
export const getCertificateStatus = action<GetCertificateStatusRequest, GetCertificateStatusResponse>()('GetCertificateStatus', {
  direction: 'fromStation',
})
