import { ok, type Result } from '@voltway/units'
import { type ReferenceType, type SignatureType, type SignedInfoType, codec as xmldsig } from '../xmldsig/index.ts'
import { CANONICAL_EXI, DIGEST_URIS, type DigestAlgorithm, SIGNATURE_ALGORITHMS, type SignatureAlgorithm } from './algorithms.ts'
import { refuse, type SignatureFailure } from './failure.ts'
import { distinctIds, type FragmentPart, fragmentParts } from './fragment-parts.ts'
import type { SignedElement } from './signed-elements.ts'
import type { SigningSchema } from './signed-parts.ts'

/** The hash function, given by the caller: this room has no cryptography. */
export type Digest = (algorithm: DigestAlgorithm, bytes: Uint8Array) => Uint8Array

/** What a signature is made with. */
export interface Signing {
  readonly digest: Digest
  readonly algorithm: SignatureAlgorithm
  /** Signs these bytes as they are (ECDSA hashes them once) and gives r and s one after the other, each as long as the field; EdDSA as it is. */
  readonly sign: (algorithm: SignatureAlgorithm, bytes: Uint8Array) => Uint8Array
}

/** ISO 15118 gives a signature room for so many references. */
export const MOST_REFERENCES = 4

/** The bytes that are signed: a SignedInfo as fragment of XML Signature alone, never of the set that the message is of. */
export const signedInfoBytes = (value: SignedInfoType): Result<Uint8Array, SignatureFailure> => {
  const encoded = xmldsig.fragment.encode({ root: 'SignedInfo', value })
  return encoded.ok ? encoded : refuse('encoding', `${encoded.failure.path}: ${encoded.failure.message}`, 'SignedInfo')
}

/**
 * Signs parts, each a fragment with the Id that its reference names.
 * @returns the signature for the header, or why there can be none
 */
export const signParts = (
  parts: readonly FragmentPart[],
  { digest, algorithm, sign }: Signing,
): Result<SignatureType, SignatureFailure> => {
  if (parts.length > MOST_REFERENCES) return refuse('too-many-references', `${parts.length} elements would be signed`)
  const ids = distinctIds(parts)
  if (!ids.ok) return ids
  const facts = SIGNATURE_ALGORITHMS[algorithm]
  const references = parts.map(
    ({ id, exi }): ReferenceType => ({
      URI: `#${id}`,
      Transforms: { Transform: [{ Algorithm: CANONICAL_EXI }] },
      DigestMethod: { Algorithm: DIGEST_URIS[facts.digest] },
      DigestValue: digest(facts.digest, exi),
    }),
  )
  const signedInfo = {
    CanonicalizationMethod: { Algorithm: CANONICAL_EXI },
    SignatureMethod: { Algorithm: facts.uri },
    Reference: references,
  }
  const bytes = signedInfoBytes(signedInfo)
  if (!bytes.ok) return bytes
  const value = sign(algorithm, bytes.value)
  if (value.length !== facts.length) return refuse('signature-length', `${value.length} bytes from the key, not ${facts.length}`)
  return ok({ SignedInfo: signedInfo, SignatureValue: { value } })
}

/**
 * Signs elements that have an Id each.
 * @returns the signature for the header, or why there can be none
 */
export const signElements = (
  schema: SigningSchema,
  elements: readonly SignedElement[],
  signing: Signing,
): Result<SignatureType, SignatureFailure> => {
  if (elements.length > MOST_REFERENCES) return refuse('too-many-references', `${elements.length} elements would be signed`)
  const parts = fragmentParts(schema, elements)
  return parts.ok ? signParts(parts.value, signing) : parts
}
