import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type InstallCertificateRequest = OCPP20.InstallCertificateRequest
export type InstallCertificateResponse = OCPP20.InstallCertificateResponse

/** OCPP 2.0.1, M05: a root that the station shall trust. */
export const installCertificate = action<InstallCertificateRequest, InstallCertificateResponse>()('InstallCertificate', {
  direction: 'toStation',
})
