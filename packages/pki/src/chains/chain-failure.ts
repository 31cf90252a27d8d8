import { fail } from '@voltway/units'

/** Why a chain is not believed. */
export type ChainCode =
  /** Not a certificate. */
  | 'malformed'
  /** More certificates were sent than any chain has. */
  | 'too-many-certificates'
  /** No way leads from the leaf to a root that is trusted. */
  | 'unknown-root'
  /** The certificate was not signed with the key of the one that it names as its issuer. */
  | 'broken-signature'
  /** More authorities below the root than ISO 15118 has (two), or than an authority above allows. */
  | 'path-too-long'
  | 'not-yet-valid'
  | 'expired'
  /** A certificate that issued another one may not issue any. */
  | 'not-an-authority'
  /** An authority's certificate where a leaf belongs. */
  | 'authority-as-leaf'
  /** The key may not be used for what it is used for. */
  | 'key-usage'
  /** A key of another curve than the generation of ISO 15118 asks for. */
  | 'curve'
  /** Signed with another algorithm than the generation asks for: SHA-1, for one. */
  | 'signature-algorithm'
  /** A critical extension that is not understood. */
  | 'critical-extension'
  /** A certificate of another branch: the domain component says CPO, MO, OEM or CPS. */
  | 'wrong-branch'
  /** The common name is not the one that is expected. */
  | 'name-mismatch'
  /** The common name of a contract certificate is no eMAID. */
  | 'not-an-emaid'
  | 'revoked'
  /** It could not be learned whether it is revoked, and that is not good enough here. */
  | 'revocation-unknown'

export interface ChainFailure {
  readonly code: ChainCode
  readonly message: string
  /** The common name of the certificate it is about; of the leaf where it is about the whole chain. */
  readonly certificate: string
  /** 0 for the leaf, counted upwards; -1 where the certificate is in no chain. */
  readonly depth: number
}

export const refuseChain = (code: ChainCode, message: string, about: { readonly certificate: string; readonly depth: number }) =>
  fail<ChainFailure>({ code, message, ...about })
