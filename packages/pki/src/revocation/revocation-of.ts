import type { EpochMs } from '@voltway/units'
import type { RevocationCheck, RevocationStatus } from '../chains/verify-chain.ts'
import { checkCrl } from './crl.ts'
import { verifyOcspResponse } from './verify-ocsp-response.ts'

/** What was gathered about a chain before it is verified: stapled, fetched, or sent by the charging station management system. */
export interface RevocationData {
  /** DER of OCSP responses. */
  readonly ocspResponses?: readonly Uint8Array[]
  /** DER of revocation lists. */
  readonly crls?: readonly Uint8Array[]
  readonly now: EpochMs
}

/**
 * Answers `verifyChain` from OCSP responses and revocation lists: revoked when any that can be relied on says so, good when one says that.
 * What cannot be relied on (another issuer's, out of date, badly signed) is passed over.
 */
export const revocationOf =
  ({ ocspResponses = [], crls = [], now }: RevocationData): RevocationCheck['statusOf'] =>
  (certificate, issuer): RevocationStatus => {
    const said: RevocationStatus[] = []
    for (const response of ocspResponses) {
      const answer = verifyOcspResponse({ response, certificate, issuer, now })
      if (answer.ok) said.push(answer.value.status)
    }
    for (const crl of crls) {
      const answer = checkCrl({ crl, certificate, issuer, now })
      if (answer.ok) said.push(answer.value)
    }
    return said.includes('revoked') ? 'revoked' : said.includes('good') ? 'good' : 'unknown'
  }
