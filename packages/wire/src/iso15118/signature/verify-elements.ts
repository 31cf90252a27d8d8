import { ok, type Result } from '@voltway/units'
import type { ReferenceType, SignatureType } from '../xmldsig/index.ts'
import {
  CANONICAL_EXI,
  type DigestAlgorithm,
  digestAlgorithmOf,
  SIGNATURE_ALGORITHMS,
  type SignatureAlgorithm,
  signatureAlgorithmOf,
} from './algorithms.ts'
import { refuse, type SignatureFailure } from './failure.ts'
import { distinctIds, type FragmentPart, fragmentParts, nameOf } from './fragment-parts.ts'
import { type Digest, MOST_REFERENCES, signedInfoBytes } from './sign-elements.ts'
import type { SignedElement } from './signed-elements.ts'
import type { SigningSchema } from './signed-parts.ts'

/** What a signature is checked with. */
export interface Verifying {
  readonly digest: Digest
  /** Whether the bytes were signed with the key that is expected. It must refuse a key whose curve is not that of the algorithm. */
  readonly verify: (algorithm: SignatureAlgorithm, bytes: Uint8Array, signature: Uint8Array) => boolean
  /** Those of the generation when left out. Some stacks sign -20 messages with `ecdsa-sha256`: name it to believe them. */
  readonly accept?: readonly SignatureAlgorithm[]
}

/** The algorithms of each generation. */
export const ACCEPTED: Readonly<Record<SigningSchema, readonly SignatureAlgorithm[]>> = {
  'iso15118-2': ['ecdsa-sha256'],
  'iso15118-20/CommonMessages': ['ecdsa-sha512', 'ed448'],
}

/** What one check has to know. */
interface Check {
  readonly digest: Digest
  readonly digests: readonly DigestAlgorithm[]
}

const equal = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, index) => byte === right[index])

const checkReference = (reference: ReferenceType, part: FragmentPart, check: Check): Result<undefined, SignatureFailure> => {
  const name = nameOf(part)
  const transforms = reference.Transforms?.Transform ?? []
  if (transforms.length !== 1 || transforms[0]?.Algorithm !== CANONICAL_EXI || transforms[0].content !== undefined)
    return refuse('canonicalization', 'the transform is not canonical EXI', name)
  const algorithm = digestAlgorithmOf(reference.DigestMethod.Algorithm)
  if (algorithm === undefined || !check.digests.includes(algorithm))
    return refuse('algorithm', `digests by ${reference.DigestMethod.Algorithm} are not accepted`, name)
  return equal(check.digest(algorithm, part.exi), reference.DigestValue)
    ? ok(undefined)
    : refuse('digest', `${name} is not what was signed`, name)
}

/** Every part has a reference, every reference a part, and each digest is that of its part. */
const checkReferences = (
  references: readonly ReferenceType[],
  parts: readonly FragmentPart[],
  check: Check,
): Result<undefined, SignatureFailure> => {
  if (references.length > MOST_REFERENCES) return refuse('too-many-references', `${references.length} references`)
  const ids = distinctIds(parts)
  if (!ids.ok) return ids
  const found = new Set<string>()
  for (const reference of references) {
    const part = parts.find(({ id }) => reference.URI === `#${id}`)
    if (part === undefined) return refuse('unknown-reference', `nothing that is signed here is at ${reference.URI ?? 'a missing URI'}`)
    const checked = checkReference(reference, part, check)
    if (!checked.ok) return checked
    found.add(part.id)
  }
  const missing = parts.find(({ id }) => !found.has(id))
  return missing === undefined ? ok(undefined) : refuse('element-unsigned', `no reference leads to ${nameOf(missing)}`, nameOf(missing))
}

/**
 * Checks a signature over parts that are at hand as bytes: all of them must be signed, and nothing else.
 * @returns the algorithm that it was made with, or why it is not believed
 */
export const verifyParts = (
  parts: readonly FragmentPart[],
  { SignedInfo: signedInfo, SignatureValue: { value } }: SignatureType,
  { digest, verify, accept }: Verifying & { readonly accept: readonly SignatureAlgorithm[] },
): Result<SignatureAlgorithm, SignatureFailure> => {
  const { CanonicalizationMethod: canonicalization, SignatureMethod: method, Reference: references } = signedInfo
  if (canonicalization.Algorithm !== CANONICAL_EXI) return refuse('canonicalization', `${canonicalization.Algorithm} is not canonical EXI`)
  const algorithm = signatureAlgorithmOf(method.Algorithm)
  if (algorithm === undefined || !accept.includes(algorithm) || method.HMACOutputLength !== undefined)
    return refuse('algorithm', `signatures by ${method.Algorithm} are not accepted`)
  const digests = accept.map((name) => SIGNATURE_ALGORITHMS[name].digest)
  const checked = checkReferences(references, parts, { digest, digests })
  if (!checked.ok) return checked
  if (value.length !== SIGNATURE_ALGORITHMS[algorithm].length) return refuse('signature-length', `${value.length} bytes of signature`)
  const bytes = signedInfoBytes(signedInfo)
  if (!bytes.ok) return bytes
  return verify(algorithm, bytes.value, value)
    ? ok(algorithm)
    : refuse('signature', 'the signature is not that of the key that is expected')
}

/**
 * Checks a signature over elements: all of them must be signed, and nothing else.
 * @returns the algorithm that it was made with, or why it is not believed
 */
export const verifyElements = (
  { schema, elements }: { readonly schema: SigningSchema; readonly elements: readonly SignedElement[] },
  signature: SignatureType,
  verifying: Verifying,
): Result<SignatureAlgorithm, SignatureFailure> => {
  const parts = fragmentParts(schema, elements, { lenient: true })
  return parts.ok ? verifyParts(parts.value, signature, { ...verifying, accept: verifying.accept ?? ACCEPTED[schema] }) : parts
}
