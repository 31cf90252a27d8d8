import type { KeyObject } from 'node:crypto'
import {
  BasicOCSPResponse,
  CertStatus,
  id_pkix_ocsp_basic,
  KeyHash,
  OCSPResponse,
  OCSPResponseStatus,
  ResponderID,
  ResponseBytes,
  ResponseData,
  RevokedInfo,
  SingleResponse,
  Version,
} from '@peculiar/asn1-ocsp'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { Certificate as AsnCertificate } from '@peculiar/asn1-x509'
import type { EpochMs } from '@voltway/units'
import { keyIdOf } from '../certificates/issue-certificate.ts'
import { algorithmIdentifier, signatureAlgorithmOf, signDer } from '../certificates/signature-algorithm.ts'
import { certIdOf } from './cert-id.ts'
import type { CertificateHashData } from './hash-data.ts'
import { nonceExtension } from './nonce.ts'

/** What a responder says of one certificate. */
export interface OcspAnswer {
  readonly certificate: CertificateHashData
  readonly status: 'good' | 'revoked' | 'unknown'
  /** For a revoked one. */
  readonly revokedAt?: EpochMs
  /** From when to when this can be relied on. */
  readonly thisUpdate: EpochMs
  readonly nextUpdate?: EpochMs
}

export interface OcspResponseOrder {
  readonly answers: readonly OcspAnswer[]
  readonly producedAt: EpochMs
  /** That of the request. */
  readonly nonce?: Uint8Array
  /** The issuer of the certificates, or a responder that it has named. */
  readonly signer: { readonly privateKey: KeyObject; readonly publicKey: KeyObject }
  /** DER of the responder's certificate, where the issuer does not sign itself. */
  readonly responder?: Uint8Array
}

/** Whole seconds: the times of OCSP have no fractions (RFC 6960, 4.2.2.1 by RFC 5280, 4.1.2.5.2). */
const wholeSeconds = (instant: EpochMs): Date => new Date(Math.floor(instant / 1_000) * 1_000)

const certStatus = ({ status, revokedAt, thisUpdate }: OcspAnswer): CertStatus => {
  if (status === 'revoked') return new CertStatus({ revoked: new RevokedInfo({ revocationTime: wholeSeconds(revokedAt ?? thisUpdate) }) })
  return new CertStatus(status === 'good' ? { good: null } : { unknown: null })
}

const singleResponse = (answer: OcspAnswer): SingleResponse =>
  new SingleResponse({
    certID: certIdOf(answer.certificate),
    certStatus: certStatus(answer),
    thisUpdate: wholeSeconds(answer.thisUpdate),
    ...(answer.nextUpdate === undefined ? {} : { nextUpdate: wholeSeconds(answer.nextUpdate) }),
  })

/** A signed OCSP response (RFC 6960, 4.2) with the answers to what was asked. */
export const ocspResponse = ({ answers, producedAt, nonce, signer, responder }: OcspResponseOrder): Uint8Array => {
  const tbsResponseData = new ResponseData({
    version: Version.v1,
    responderID: new ResponderID({ byKey: new KeyHash(keyIdOf(signer.publicKey).slice().buffer) }),
    producedAt: wholeSeconds(producedAt),
    responses: answers.map(singleResponse),
    ...(nonce === undefined ? {} : { responseExtensions: [nonceExtension(nonce)] }),
  })
  const tbs = new Uint8Array(AsnConvert.serialize(tbsResponseData))
  const basic = new BasicOCSPResponse({
    tbsResponseData,
    signatureAlgorithm: algorithmIdentifier(signatureAlgorithmOf(signer.privateKey).oid),
    signature: signDer(tbs, signer.privateKey).slice().buffer,
    ...(responder === undefined ? {} : { certs: [AsnConvert.parse(responder, AsnCertificate)] }),
  })
  const responseBytes = new ResponseBytes({ responseType: id_pkix_ocsp_basic, response: new OctetString(AsnConvert.serialize(basic)) })
  return new Uint8Array(AsnConvert.serialize(new OCSPResponse({ responseStatus: OCSPResponseStatus.successful, responseBytes })))
}

/** An answer that says that there is none; it carries no signature. */
export const ocspRefusal = (status: 'malformedRequest' | 'internalError' | 'tryLater' | 'unauthorized'): Uint8Array =>
  new Uint8Array(AsnConvert.serialize(new OCSPResponse({ responseStatus: OCSPResponseStatus[status] })))
