import { ok, type Result } from '@voltway/units'
import { untypedCodecOf } from '../index.ts'
import { type ReferenceType, type SignatureType, type SignedInfoType, codec as xmldsig } from '../xmldsig/index.ts'
import { CANONICAL_EXI, DIGEST_URIS, type DigestAlgorithm, SIGNATURE_ALGORITHMS, type SignatureAlgorithm } from './algorithms.ts'
import { refuse, type SignatureFailure } from './failure.ts'
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

/** The bytes that an element's digest is of: its fragment in the grammar of its own set. */
export const fragmentOf = (schema: SigningSchema, element: SignedElement): Result<Uint8Array, SignatureFailure> => {
  const encoded = untypedCodecOf(schema).fragment.encode(element)
  return encoded.ok ? encoded : refuse('encoding', `${encoded.failure.path}: ${encoded.failure.message}`, element.root)
}

/** The bytes that are signed: a SignedInfo as fragment of XML Signature alone, never of the set that the message is of. */
export const signedInfoBytes = (value: SignedInfoType): Result<Uint8Array, SignatureFailure> => {
  const encoded = xmldsig.fragment.encode({ root: 'SignedInfo', value })
  return encoded.ok ? encoded : refuse('encoding', `${encoded.failure.path}: ${encoded.failure.message}`, 'SignedInfo')
}

/** The Ids of elements, which must all be there and differ. */
export const idsOf = (elements: readonly SignedElement[]): Result<readonly string[], SignatureFailure> => {
  const ids: string[] = []
  for (const { root, value } of elements) {
    if (typeof value.Id !== 'string' || value.Id === '') return refuse('element-unsigned', `${root} has no Id`, root)
    if (ids.includes(value.Id)) return refuse('duplicate-id', `the Id ${value.Id} is there twice`, root)
    ids.push(value.Id)
  }
  return ok(ids)
}

/**
 * Signs elements that have an Id each.
 * @returns the signature for the header, or why there can be none
 */
export const signElements = (
  schema: SigningSchema,
  elements: readonly SignedElement[],
  { digest, algorithm, sign }: Signing,
): Result<SignatureType, SignatureFailure> => {
  if (elements.length > MOST_REFERENCES) return refuse('too-many-references', `${elements.length} elements would be signed`)
  const ids = idsOf(elements)
  if (!ids.ok) return ids
  const facts = SIGNATURE_ALGORITHMS[algorithm]
  const references: ReferenceType[] = []
  for (const [index, element] of elements.entries()) {
    const fragment = fragmentOf(schema, element)
    if (!fragment.ok) return fragment
    references.push({
      URI: `#${ids.value[index]}`,
      Transforms: { Transform: [{ Algorithm: CANONICAL_EXI }] },
      DigestMethod: { Algorithm: DIGEST_URIS[facts.digest] },
      DigestValue: digest(facts.digest, fragment.value),
    })
  }
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
