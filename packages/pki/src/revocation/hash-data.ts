import { createHash } from 'node:crypto'
import type { Certificate } from '../certificates/certificate.ts'
import { keyBitsOf } from '../certificates/issue-certificate.ts'

/** As OCPP names them. */
export type HashAlgorithm = 'SHA256' | 'SHA384' | 'SHA512'

/** How OCPP names a certificate (CertificateHashDataType), which is how OCSP does (RFC 6960, CertID). */
export interface CertificateHashData {
  readonly hashAlgorithm: HashAlgorithm
  /** Hexadecimal, of the DER of the issuer's name. */
  readonly issuerNameHash: string
  /** Hexadecimal, of the bits of the issuer's public key, without tag, length and number of unused bits. */
  readonly issuerKeyHash: string
  /** Hexadecimal, without leading zeros. */
  readonly serialNumber: string
}

/** What OCPP asks about with GetCertificateStatus and Authorize (OCSPRequestDataType). */
export interface OcspRequestData extends CertificateHashData {
  readonly responderURL: string
}

const NODE_NAMES: Readonly<Record<HashAlgorithm, string>> = { SHA256: 'sha256', SHA384: 'sha384', SHA512: 'sha512' }

/** A number of bytes, as OCPP writes it: zero is `0`. */
export const serialText = (serialNumber: Uint8Array): string => serialNumber.toHex().replace(/^0+(?=.)/, '')

/**
 * Names a certificate by its issuer and its serial number; a root is its own issuer. The caller knows that the one issued the other
 * (`verifyChain`).
 */
export const hashDataOf = (
  certificate: Pick<Certificate, 'serialNumber'>,
  issuer: Pick<Certificate, 'subjectDer' | 'publicKey'>,
  hashAlgorithm: HashAlgorithm = 'SHA256',
): CertificateHashData => {
  const hash = (bytes: Uint8Array): string => createHash(NODE_NAMES[hashAlgorithm]).update(bytes).digest('hex')
  return {
    hashAlgorithm,
    issuerNameHash: hash(issuer.subjectDer),
    issuerKeyHash: hash(keyBitsOf(issuer.publicKey)),
    serialNumber: serialText(certificate.serialNumber),
  }
}

/** The same with where to ask: the first OCSP URL in the certificate. Undefined when it names none. */
export const ocspRequestDataOf = (
  certificate: Pick<Certificate, 'serialNumber' | 'ocspUrls'>,
  issuer: Certificate,
  hashAlgorithm?: HashAlgorithm,
): OcspRequestData | undefined => {
  const [responderURL] = certificate.ocspUrls
  return responderURL === undefined ? undefined : { ...hashDataOf(certificate, issuer, hashAlgorithm), responderURL }
}

/** Whether two name the same certificate: hexadecimal digits may be of either case. */
export const sameHashData = (left: CertificateHashData, right: CertificateHashData): boolean =>
  left.hashAlgorithm === right.hashAlgorithm &&
  (['issuerNameHash', 'issuerKeyHash', 'serialNumber'] as const).every((field) => left[field].toLowerCase() === right[field].toLowerCase())
