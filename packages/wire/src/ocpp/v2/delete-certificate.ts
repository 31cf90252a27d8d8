import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type DeleteCertificateRequest = OCPP20.DeleteCertificateRequest
export type DeleteCertificateResponse = OCPP20.DeleteCertificateResponse

/** OCPP 2.0.1, M04: a certificate that the station shall forget. */
export const deleteCertificate = action<DeleteCertificateRequest, DeleteCertificateResponse>()('DeleteCertificate', {
  direction: 'toStation',
})
