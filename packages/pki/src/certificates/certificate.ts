import type { KeyObject, X509Certificate } from 'node:crypto'
import type { EpochMs } from '@voltway/units'
import type { Curve } from '../keys/curve.ts'
import type { KeyUsage } from './extensions.ts'
import type { SubjectName } from './name.ts'

/** A certificate that was read; nothing in it has been checked yet. */
export interface Certificate {
  readonly der: Uint8Array
  readonly x509: X509Certificate
  readonly subject: SubjectName
  /** DER of the names: what issuers are found by. */
  readonly subjectDer: Uint8Array
  readonly issuerDer: Uint8Array
  /** Big endian, as it stands in the certificate. */
  readonly serialNumber: Uint8Array
  readonly notBefore: EpochMs
  readonly notAfter: EpochMs
  readonly publicKey: KeyObject
  /** Undefined for keys that ISO 15118 does not know. */
  readonly curve: Curve | undefined
  /** A second key of the subject (X.509, 9.8.2): the one on X448 that a certificate on Ed448 is sent contract keys by. */
  readonly alternateKey: KeyObject | undefined
  /** Object identifier of the algorithm that its issuer signed with. */
  readonly signatureOid: string
  /** Present when it may issue certificates. */
  readonly authority: { readonly pathLength: number | undefined } | undefined
  readonly keyUsage: readonly KeyUsage[] | undefined
  readonly extendedKeyUsage: readonly string[] | undefined
  readonly ocspUrls: readonly string[]
  readonly keyId: Uint8Array | undefined
  readonly issuerKeyId: Uint8Array | undefined
  readonly ocspNoCheck: boolean
  /** Critical extensions that are not understood here: whoever meets one has to refuse the certificate. RFC 5280, 4.2. */
  readonly unknownCritical: readonly string[]
}
