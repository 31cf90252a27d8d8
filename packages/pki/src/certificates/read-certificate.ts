import { X509Certificate } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate as AsnCertificate } from '@peculiar/asn1-x509'
import { fail, ok, type Result } from '@voltway/units'
import { curveOf } from '../keys/curve.ts'
import type { Certificate } from './certificate.ts'
import { instantOf } from './instant-of.ts'
import { derOfName, subjectOf } from './name.ts'
import { readExtensions } from './read-extensions.ts'

export interface MalformedCertificate {
  readonly code: 'malformed'
  readonly message: string
}

const malformed = (message: string) => fail<MalformedCertificate>({ code: 'malformed', message })

const read = (x509: X509Certificate): Certificate => {
  const der = new Uint8Array(x509.raw)
  const { tbsCertificate, signatureAlgorithm } = AsnConvert.parse(der, AsnCertificate)
  return {
    der,
    x509,
    subject: subjectOf(tbsCertificate.subject),
    subjectDer: derOfName(tbsCertificate.subject),
    issuerDer: derOfName(tbsCertificate.issuer),
    serialNumber: new Uint8Array(tbsCertificate.serialNumber),
    notBefore: instantOf(x509.validFromDate),
    notAfter: instantOf(x509.validToDate),
    publicKey: x509.publicKey,
    curve: curveOf(x509.publicKey),
    signatureOid: signatureAlgorithm.algorithm,
    ...readExtensions(tbsCertificate.extensions ?? []),
  }
}

/**
 * Reads a DER certificate as OpenSSL understands it; whatever somebody sends, the answer is a certificate or `malformed`.
 * Nothing may stand behind it.
 */
export const readCertificate = (der: Uint8Array): Result<Certificate, MalformedCertificate> => {
  // OpenSSL would also read PEM here.
  if (der[0] !== 0x30) return malformed('not DER')
  try {
    const x509 = new X509Certificate(der)
    return x509.raw.length === der.length ? ok(read(x509)) : malformed('something stands behind the certificate')
  } catch (error) {
    return malformed(error instanceof Error ? error.message : String(error))
  }
}
