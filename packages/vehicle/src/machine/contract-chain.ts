/** Certificates as DER: the leaf, then the sub-CAs from the one that signed it upwards. */
export interface ContractChain {
  readonly leaf: Uint8Array
  readonly subCertificates: readonly Uint8Array[]
}

/** Why a station does not authorise, in OCPP's words where OCPP has one. */
export type RefusalReason =
  | 'unknown'
  | 'contractCancelled'
  | 'certificateExpired'
  | 'certificateRevoked'
  | 'noCertificateAvailable'
  | 'certChainError'
  | 'signatureError'
