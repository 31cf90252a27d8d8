import { type Certificate, ocspRequestDataOf, type RevocationStatus, verifyOcspResponse } from '@voltway/pki'
import type { Database } from '@voltway/store'
import type { EpochMs, TenantId } from '@voltway/units'
import type { OcspClient } from './ocsp-client.ts'

export interface ContractChecks {
  readonly db: Pick<Database, 'inTenant'>
  readonly hmacKey: Uint8Array
  readonly ocsp: OcspClient
  readonly tenantId: TenantId
  readonly now: EpochMs
}

/** Without a responder in the certificate there is nobody to ask; with one that gives no good answer it is not known. */
export const statusOf = async (
  certificate: Pick<Certificate, 'serialNumber' | 'ocspUrls'>,
  issuer: Certificate,
  { ocsp, now }: Pick<ContractChecks, 'ocsp' | 'now'>,
): Promise<RevocationStatus> => {
  const asked = ocspRequestDataOf(certificate, issuer)
  if (asked === undefined) return 'good'
  const response = await ocsp.ask(asked.responderURL, asked).catch(() => undefined)
  const said = response && verifyOcspResponse({ response, certificate, issuer, now })
  return said?.ok ? said.value.status : 'unknown'
}
