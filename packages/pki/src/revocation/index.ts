export { type CrlFailure, type CrlOrder, type CrlQuestion, checkCrl, issueCrl } from './crl.ts'
export {
  type CertificateHashData,
  type HashAlgorithm,
  hashDataOf,
  type OcspRequestData,
  ocspRequestDataOf,
  sameHashData,
  serialText,
} from './hash-data.ts'
export { type OcspRequest, type OcspRequestFailure, ocspRequest, readOcspRequest } from './ocsp-request.ts'
export { type OcspAnswer, type OcspResponseOrder, ocspRefusal, ocspResponse } from './ocsp-response.ts'
export { type RevocationData, revocationOf } from './revocation-of.ts'
export { type OcspCode, type OcspFailure, type OcspQuestion, type OcspStatus, verifyOcspResponse } from './verify-ocsp-response.ts'
