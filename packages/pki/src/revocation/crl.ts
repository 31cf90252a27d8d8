import { type KeyObject, verify } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import { CertificateList, RevokedCertificate, TBSCertList, Time, Version } from '@peculiar/asn1-x509'
import { type EpochMs, fail, isoOf, ok, type Result } from '@voltway/units'
import type { Certificate } from '../certificates/certificate.ts'
import { instantOf } from '../certificates/instant-of.ts'
import { asnNameOf, derOfName, type SubjectName } from '../certificates/name.ts'
import { algorithmIdentifier, SIGNATURE_ALGORITHMS, signatureAlgorithmOf, signDer } from '../certificates/signature-algorithm.ts'
import { serialText } from './hash-data.ts'

export interface CrlFailure {
  /** `foreign` when it is another issuer's; `extension` when it is of a kind that is not understood, such as one of changes only. */
  readonly code: 'malformed' | 'foreign' | 'signature-algorithm' | 'signature' | 'extension' | 'not-yet-valid' | 'stale'
  readonly message: string
}

export interface CrlOrder {
  readonly issuer: { readonly subject: SubjectName; readonly privateKey: KeyObject }
  readonly thisUpdate: EpochMs
  readonly nextUpdate: EpochMs
  readonly revoked: readonly { readonly serialNumber: Uint8Array; readonly revokedAt: EpochMs }[]
}

export interface CrlQuestion {
  readonly crl: Uint8Array
  readonly certificate: Pick<Certificate, 'serialNumber'>
  /** Of the certificate, by a chain that was verified. */
  readonly issuer: Certificate
  readonly now: EpochMs
}

const timeOf = (instant: EpochMs): Time => new Time(new Date(Math.floor(instant / 1_000) * 1_000))

/** A certificate revocation list (RFC 5280, 5) without extensions. */
export const issueCrl = ({ issuer, thisUpdate, nextUpdate, revoked }: CrlOrder): Uint8Array => {
  const signatureAlgorithm = algorithmIdentifier(signatureAlgorithmOf(issuer.privateKey).oid)
  const entries = revoked.map(
    ({ serialNumber, revokedAt }) =>
      new RevokedCertificate({ userCertificate: serialNumber.slice().buffer, revocationDate: timeOf(revokedAt) }),
  )
  const tbsCertList = new TBSCertList({
    version: Version.v2,
    signature: signatureAlgorithm,
    issuer: asnNameOf(issuer.subject),
    thisUpdate: timeOf(thisUpdate),
    nextUpdate: timeOf(nextUpdate),
    ...(entries.length === 0 ? {} : { revokedCertificates: entries }),
  })
  const signature = signDer(new Uint8Array(AsnConvert.serialize(tbsCertList)), issuer.privateKey).slice().buffer
  return new Uint8Array(AsnConvert.serialize(new CertificateList({ tbsCertList, signatureAlgorithm, signature })))
}

const refuse = (code: CrlFailure['code'], message: string) => fail<CrlFailure>({ code, message })

const checkSignature = (list: CertificateList, { curve, publicKey, keyUsage }: Certificate): CrlFailure | undefined => {
  const algorithm = curve === undefined || curve === 'X448' ? undefined : SIGNATURE_ALGORITHMS[curve]
  const { signatureAlgorithm, tbsCertListRaw, tbsCertList, signature } = list
  if (algorithm?.oid !== signatureAlgorithm.algorithm)
    return { code: 'signature-algorithm', message: `signed by algorithm ${signatureAlgorithm.algorithm}` }
  const signed = new Uint8Array(tbsCertListRaw ?? AsnConvert.serialize(tbsCertList))
  const valid = keyUsage?.includes('cRLSign') !== false && verify(algorithm.hash, signed, publicKey, new Uint8Array(signature))
  return valid ? undefined : { code: 'signature', message: 'its issuer did not sign it' }
}

/** RFC 5280, 5.2: a list with a critical extension that is not understood must not be used. */
const criticalIn = ({ crlExtensions, revokedCertificates }: TBSCertList): string | undefined =>
  [...(crlExtensions ?? []), ...(revokedCertificates ?? []).flatMap(({ crlEntryExtensions }) => crlEntryExtensions ?? [])].find(
    ({ critical }) => critical,
  )?.extnID

const judge = (list: CertificateList, { certificate, issuer, now }: CrlQuestion): Result<'good' | 'revoked', CrlFailure> => {
  const { tbsCertList } = list
  if (Buffer.compare(derOfName(tbsCertList.issuer), issuer.subjectDer) !== 0) return refuse('foreign', 'it is the list of another issuer')
  const unsigned = checkSignature(list, issuer)
  if (unsigned !== undefined) return fail(unsigned)
  const critical = criticalIn(tbsCertList)
  if (critical !== undefined) return refuse('extension', `it has the critical extension ${critical}`)
  const from = instantOf(tbsCertList.thisUpdate.getTime())
  const until = tbsCertList.nextUpdate && instantOf(tbsCertList.nextUpdate.getTime())
  if (now < from) return refuse('not-yet-valid', `it begins at ${isoOf(from)}`)
  if (until === undefined || now > until)
    return refuse('stale', until === undefined ? 'it does not say until when it holds' : `it held until ${isoOf(until)}`)
  const serial = serialText(certificate.serialNumber)
  const revoked = (tbsCertList.revokedCertificates ?? []).some(
    ({ userCertificate }) => serialText(new Uint8Array(userCertificate)) === serial,
  )
  return ok(revoked ? 'revoked' : 'good')
}

/** What a revocation list says of a certificate, when the list is its issuer's, signed and of today. Nothing is thrown. */
export const checkCrl = (question: CrlQuestion): Result<'good' | 'revoked', CrlFailure> => {
  try {
    return judge(AsnConvert.parse(question.crl, CertificateList), question)
  } catch (error) {
    return refuse('malformed', error instanceof Error ? error.message : String(error))
  }
}
