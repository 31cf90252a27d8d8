import type { OCPP20 } from 'typed-ocpp'
import { action } from '../action.ts'

export type GetInstalledCertificateIdsRequest = OCPP20.GetInstalledCertificateIdsRequest
export type GetInstalledCertificateIdsResponse = OCPP20.GetInstalledCertificateIdsResponse

/** OCPP 2.0.1, M03: which certificates the station holds. */
export const getInstalledCertificateIds = action<GetInstalledCertificateIdsRequest, GetInstalledCertificateIdsResponse>()(
  'GetInstalledCertificateIds',
  { direction: 'toStation' },
)
