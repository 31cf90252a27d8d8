import { DAY, type EpochMs, epochMs, type Milliseconds } from '@voltway/units'
import { readCertificate } from '../certificates/read-certificate.ts'
import { type CertificateHashData, hashDataOf, serialText } from '../revocation/hash-data.ts'
import { readOcspRequest } from '../revocation/ocsp-request.ts'
import { ocspRefusal, ocspResponse } from '../revocation/ocsp-response.ts'
import type { Issued, TestPki } from './test-pki.ts'

export interface TestResponder {
  readonly pki: TestPki
  /** When each was revoked, by its serial number in hexadecimal without leading zeros. */
  readonly revoked?: ReadonlyMap<string, EpochMs>
  /** How long an answer holds; a day when left out. */
  readonly holds?: Milliseconds
}

/** The serial number of a certificate, as `revoked` has it. */
export const serialOf = ({ der }: Pick<Issued, 'der'>): string => {
  const read = readCertificate(der)
  if (!read.ok) throw new Error(read.failure.message)
  return serialText(read.value.serialNumber)
}

const issuersOf = ({ roots, branches }: TestPki): readonly Issued[] => [
  ...Object.values(roots),
  ...Object.values(branches).flatMap(({ subCa1, subCa2 }) => [subCa1, subCa2]),
]

const issues = (issuer: Issued, { hashAlgorithm, issuerNameHash, issuerKeyHash }: CertificateHashData): boolean => {
  const read = readCertificate(issuer.der)
  if (!read.ok) return false
  const own = hashDataOf(read.value, read.value, hashAlgorithm)
  return own.issuerNameHash === issuerNameHash && own.issuerKeyHash === issuerKeyHash
}

/**
 * Answers one OCSP request (the body of an HTTP POST) as the authorities of a test PKI would: each signs for what it has issued.
 * Every serial number of theirs that is not revoked is good, whether it was issued or not.
 */
export const answerOcsp = ({ pki, revoked = new Map(), holds = DAY }: TestResponder, request: Uint8Array, now: EpochMs): Uint8Array => {
  const read = readOcspRequest(request)
  if (!read.ok) return ocspRefusal(read.failure.code === 'malformed' ? 'malformedRequest' : 'unauthorized')
  const { certificates, nonce } = read.value
  const signer = issuersOf(pki).find((issuer) => issues(issuer, certificates[0]!))
  if (signer === undefined) return ocspRefusal('unauthorized')
  const answers = certificates.map((certificate) => {
    const revokedAt = revoked.get(certificate.serialNumber)
    const times = { thisUpdate: now, nextUpdate: epochMs(now + holds) }
    // One signature, one issuer: of another one's certificates nothing is known.
    const status = issues(signer, certificate) ? (revokedAt === undefined ? 'good' : 'revoked') : 'unknown'
    return { certificate, status, ...times, ...(revokedAt === undefined ? {} : { revokedAt }) } as const
  })
  return ocspResponse({ answers, producedAt: now, signer, ...(nonce === undefined ? {} : { nonce }) })
}
