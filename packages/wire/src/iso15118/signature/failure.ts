import { fail } from '@voltway/units'

/** Why a message could not be signed, or its signature is not believed. */
export type SignatureCode =
  /** The message is none that carries a signature, or the element that would be signed is not in it. */
  | 'nothing-to-sign'
  /** The header has no signature. */
  | 'unsigned'
  /** More elements than a signature has references: four. */
  | 'too-many-references'
  /** Two elements have the same Id. */
  | 'duplicate-id'
  /** An element that must be signed has no Id, or no reference leads to it. */
  | 'element-unsigned'
  /** A reference leads to no element that is signed in this message. */
  | 'unknown-reference'
  /** Canonicalization or transform is not canonical EXI. */
  | 'canonicalization'
  /** The algorithm of the signature or of a digest is unknown, or not one that is accepted here. */
  | 'algorithm'
  /** An element is not what was signed. */
  | 'digest'
  /** The signature has a length that its algorithm does not give. */
  | 'signature-length'
  /** The signature was not made with this key over this SignedInfo. */
  | 'signature'
  /** An element cannot be written as EXI. */
  | 'encoding'

export interface SignatureFailure {
  readonly code: SignatureCode
  readonly message: string
  /** The element it is about, where it is about one. */
  readonly element?: string
}

export const refuse = (code: SignatureCode, message: string, element?: string) =>
  fail<SignatureFailure>({ code, message, ...(element === undefined ? {} : { element }) })
