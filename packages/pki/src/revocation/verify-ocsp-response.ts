import { type KeyObject, verify } from 'node:crypto'
import {
  BasicOCSPResponse,
  id_pkix_ocsp_basic,
  OCSPResponse,
  OCSPResponseStatus,
  type ResponderID,
  type SingleResponse,
} from '@peculiar/asn1-ocsp'
import { AsnConvert } from '@peculiar/asn1-schema'
import { DAY, type EpochMs, epochMs, fail, isoOf, MINUTE, type Milliseconds, ok, type Result } from '@voltway/units'
import type { Certificate } from '../certificates/certificate.ts'
import { EXTENDED_KEY_USAGE } from '../certificates/extensions.ts'
import { instantOf } from '../certificates/instant-of.ts'
import { keyIdOf } from '../certificates/issue-certificate.ts'
import { derOfName } from '../certificates/name.ts'
import { readCertificate } from '../certificates/read-certificate.ts'
import { SIGNATURE_ALGORITHMS } from '../certificates/signature-algorithm.ts'
import { namesIssuer } from '../chains/find-paths.ts'
import { hashDataOfCertId } from './cert-id.ts'
import { hashDataOf, sameHashData } from './hash-data.ts'
import { nonceIn } from './nonce.ts'

/** Why an OCSP response says nothing that can be relied on. */
export type OcspCode =
  | 'malformed'
  /** The responder has no answer: `tryLater`, `unauthorized`, ... */
  | 'not-successful'
  /** It is about other certificates. */
  | 'no-answer'
  /** Whoever signed it may not speak for the issuer. */
  | 'responder'
  | 'signature-algorithm'
  | 'signature'
  | 'not-yet-valid'
  /** A newer answer has to be fetched. */
  | 'stale'
  /** It answers another request. */
  | 'nonce'

export interface OcspFailure {
  readonly code: OcspCode
  readonly message: string
}

export interface OcspQuestion {
  readonly response: Uint8Array
  readonly certificate: Pick<Certificate, 'serialNumber'>
  /** Its issuer, by a chain that was verified. */
  readonly issuer: Certificate
  readonly now: EpochMs
  /** That of the request, where it had one. */
  readonly nonce?: Uint8Array
}

/** What is known of a certificate, and until when. */
export interface OcspStatus {
  readonly status: 'good' | 'revoked' | 'unknown'
  readonly revokedAt?: EpochMs
  readonly thisUpdate: EpochMs
  readonly nextUpdate?: EpochMs
}

/** How far the responder's clock may be from ours. */
const CLOCK_SKEW = (5 * MINUTE) as Milliseconds
/** How long an answer holds that does not say when the next one comes. */
const LONGEST_WITHOUT_NEXT = DAY

const refuse = (code: OcspCode, message: string) => fail<OcspFailure>({ code, message })

const read = (der: Uint8Array): Result<BasicOCSPResponse, OcspFailure> => {
  try {
    const { responseStatus, responseBytes } = AsnConvert.parse(der, OCSPResponse)
    if (responseStatus !== OCSPResponseStatus.successful)
      return refuse('not-successful', OCSPResponseStatus[responseStatus] ?? `status ${responseStatus}`)
    if (responseBytes?.responseType !== id_pkix_ocsp_basic) return refuse('malformed', 'not a basic response')
    return ok(AsnConvert.parse(responseBytes.response.buffer, BasicOCSPResponse))
  } catch (error) {
    return refuse('malformed', error instanceof Error ? error.message : String(error))
  }
}

const isNamed = ({ byKey, byName }: ResponderID, candidate: Certificate): boolean => {
  if (byKey !== undefined) return Buffer.compare(new Uint8Array(byKey.buffer), keyIdOf(candidate.publicKey)) === 0
  return byName !== undefined && Buffer.compare(derOfName(byName), candidate.subjectDer) === 0
}

/** A responder that the issuer itself has certified for this, and no other (RFC 6960, 4.2.2.2). */
const isDelegated = (candidate: Certificate, issuer: Certificate, now: EpochMs): boolean =>
  candidate.extendedKeyUsage?.includes(EXTENDED_KEY_USAGE.ocspSigning) === true &&
  candidate.keyUsage?.includes('digitalSignature') !== false &&
  candidate.unknownCritical.length === 0 &&
  now >= candidate.notBefore &&
  now <= candidate.notAfter &&
  namesIssuer(candidate, issuer) &&
  candidate.x509.verify(issuer.publicKey)

const responderOf = (basic: BasicOCSPResponse, { issuer, now }: OcspQuestion): Result<Certificate, OcspFailure> => {
  const { responderID } = basic.tbsResponseData
  if (isNamed(responderID, issuer)) return ok(issuer)
  for (const certificate of basic.certs ?? []) {
    const candidate = readCertificate(new Uint8Array(AsnConvert.serialize(certificate)))
    if (candidate.ok && isNamed(responderID, candidate.value) && isDelegated(candidate.value, issuer, now)) return candidate
  }
  return refuse('responder', "it is signed neither by the certificate's issuer nor by a responder that the issuer has named")
}

const checkSignature = (basic: BasicOCSPResponse, { publicKey, curve }: Certificate): OcspFailure | undefined => {
  const algorithm = curve === undefined || curve === 'X448' ? undefined : SIGNATURE_ALGORITHMS[curve]
  if (algorithm?.oid !== basic.signatureAlgorithm.algorithm)
    return { code: 'signature-algorithm', message: `signed by algorithm ${basic.signatureAlgorithm.algorithm}` }
  return isSigned(basic, publicKey, algorithm.hash) ? undefined : { code: 'signature', message: "not the responder's signature" }
}

const isSigned = ({ tbsResponseDataRaw, tbsResponseData, signature }: BasicOCSPResponse, key: KeyObject, hash: string | null): boolean => {
  const signed = tbsResponseDataRaw ?? AsnConvert.serialize(tbsResponseData)
  return verify(hash, new Uint8Array(signed), key, new Uint8Array(signature))
}

const statusOf = ({ certStatus, thisUpdate, nextUpdate }: SingleResponse): OcspStatus => {
  const revokedAt = certStatus.revoked && instantOf(certStatus.revoked.revocationTime)
  return {
    status: revokedAt !== undefined ? 'revoked' : certStatus.good === null ? 'good' : 'unknown',
    ...(revokedAt === undefined ? {} : { revokedAt }),
    thisUpdate: instantOf(thisUpdate),
    ...(nextUpdate === undefined ? {} : { nextUpdate: instantOf(nextUpdate) }),
  }
}

const checkTime = ({ thisUpdate, nextUpdate }: OcspStatus, now: EpochMs): OcspFailure | undefined => {
  if (thisUpdate > now + CLOCK_SKEW) return { code: 'not-yet-valid', message: `it is of ${isoOf(thisUpdate)}` }
  const until = nextUpdate ?? epochMs(thisUpdate + LONGEST_WITHOUT_NEXT)
  return now > until + CLOCK_SKEW ? { code: 'stale', message: `it held until ${isoOf(until)}` } : undefined
}

const answerIn = (basic: BasicOCSPResponse, { certificate, issuer }: OcspQuestion): OcspStatus | undefined => {
  const answer = basic.tbsResponseData.responses.find(({ certID }) => {
    const named = hashDataOfCertId(certID)
    return named !== undefined && sameHashData(named, hashDataOf(certificate, issuer, named.hashAlgorithm))
  })
  return answer && statusOf(answer)
}

const checkNonce = (basic: BasicOCSPResponse, nonce: Uint8Array | undefined): OcspFailure | undefined => {
  const answered = nonceIn(basic.tbsResponseData.responseExtensions)
  const matches = nonce === undefined || (answered !== undefined && Buffer.compare(answered, nonce) === 0)
  return matches ? undefined : { code: 'nonce', message: 'it answers another request' }
}

const judge = (basic: BasicOCSPResponse, question: OcspQuestion): Result<OcspStatus, OcspFailure> => {
  const responder = responderOf(basic, question)
  if (!responder.ok) return responder
  const unsigned = checkSignature(basic, responder.value) ?? checkNonce(basic, question.nonce)
  if (unsigned !== undefined) return fail(unsigned)
  const status = answerIn(basic, question)
  if (status === undefined) return refuse('no-answer', 'it is about other certificates')
  const untimely = checkTime(status, question.now)
  return untimely === undefined ? ok(status) : fail(untimely)
}

/**
 * Verifies an OCSP response for one certificate (RFC 6960, 3.2): who signed it, the signature, the time it holds, and the nonce. Whatever a
 * responder sends, nothing is thrown.
 * @returns what it says; `unknown` is an answer too
 */
export const verifyOcspResponse = (question: OcspQuestion): Result<OcspStatus, OcspFailure> => {
  const basic = read(question.response)
  if (!basic.ok) return basic
  try {
    return judge(basic.value, question)
  } catch (error) {
    return refuse('malformed', error instanceof Error ? error.message : String(error))
  }
}
