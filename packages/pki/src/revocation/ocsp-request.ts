import { OCSPRequest, Request, TBSRequest, Version } from '@peculiar/asn1-ocsp'
import { AsnConvert } from '@peculiar/asn1-schema'
import { fail, ok, type Result } from '@voltway/units'
import { certIdOf, hashDataOfCertId } from './cert-id.ts'
import type { CertificateHashData } from './hash-data.ts'
import { nonceExtension, nonceIn } from './nonce.ts'

export interface OcspRequest {
  /** What is asked about. */
  readonly certificates: readonly CertificateHashData[]
  /** Absent where a prepared answer is good enough. */
  readonly nonce?: Uint8Array
}

export interface OcspRequestFailure {
  /** `unsupported` for a hash that OCPP does not have. */
  readonly code: 'malformed' | 'unsupported'
  readonly message: string
}

/**
 * An OCSP request (RFC 6960, 4.1), to be sent by HTTP POST as `application/ocsp-request`.
 * @throws when a hash or serial number is not hexadecimal
 */
export const ocspRequest = ({ certificates, nonce }: OcspRequest): Uint8Array => {
  const requestList = certificates.map((certificate) => new Request({ reqCert: certIdOf(certificate) }))
  const extensions = nonce === undefined ? {} : { requestExtensions: [nonceExtension(nonce)] }
  return new Uint8Array(
    AsnConvert.serialize(new OCSPRequest({ tbsRequest: new TBSRequest({ version: Version.v1, requestList, ...extensions }) })),
  )
}

/** Reads what somebody asks. A signature on the request is not looked at. */
export const readOcspRequest = (der: Uint8Array): Result<OcspRequest, OcspRequestFailure> => {
  try {
    const { tbsRequest } = AsnConvert.parse(der, OCSPRequest)
    const certificates = tbsRequest.requestList.map(({ reqCert }) => hashDataOfCertId(reqCert))
    const known = certificates.filter((one) => one !== undefined)
    if (known.length === 0 || known.length < certificates.length) return fail({ code: 'unsupported', message: 'a hash that is not SHA-2' })
    const nonce = nonceIn(tbsRequest.requestExtensions)
    return ok({ certificates: known, ...(nonce === undefined ? {} : { nonce }) })
  } catch (error) {
    return fail({ code: 'malformed', message: error instanceof Error ? error.message : String(error) })
  }
}
