import { ok, type Result } from '@voltway/units'
import type { RootedIn } from '../../exi/codec.ts'
import type { Documents as Iso2Documents } from '../iso2/index.ts'
import type { Documents as Iso20Documents } from '../iso20-common-messages/index.ts'
import type { SignatureType } from '../xmldsig/index.ts'
import type { SignatureAlgorithm } from './algorithms.ts'
import { refuse, type SignatureFailure } from './failure.ts'
import { type Signing, signElements } from './sign-elements.ts'
import { signatureOf, signedElementsOf, withIds, withSignature } from './signed-elements.ts'
import type { SigningSchema } from './signed-parts.ts'
import { type Verifying, verifyElements } from './verify-elements.ts'

/** A message as the codec of its set reads and writes it. */
export interface SignableDocuments extends Record<SigningSchema, unknown> {
  readonly 'iso15118-2': RootedIn<Iso2Documents>
  readonly 'iso15118-20/CommonMessages': RootedIn<Iso20Documents>
}

/**
 * Signs what is signed in a message of this kind (`SIGNED_PARTS`): elements without an Id get one, the header gets the signature.
 * @returns the message to be sent; `nothing-to-sign` when it is of no kind that carries a signature
 */
export const signMessage = <Schema extends SigningSchema>(
  schema: Schema,
  message: SignableDocuments[Schema],
  signing: Signing,
): Result<SignableDocuments[Schema], SignatureFailure> => {
  const document = withIds(schema, message)
  const elements = signedElementsOf(schema, document)
  if (elements.length === 0) return refuse('nothing-to-sign', `nothing in ${message.root} is signed`)
  const signature = signElements(schema, elements, signing)
  return signature.ok ? ok(withSignature(document, signature.value) as SignableDocuments[Schema]) : signature
}

/**
 * Checks the signature in a message's header: everything that is signed in a message of its kind must be signed, and be what was signed.
 * Ask this only of messages that must be signed: cars repeat an old signature in later headers.
 * @returns the algorithm that it was made with
 */
export const verifyMessage = <Schema extends SigningSchema>(
  schema: Schema,
  message: SignableDocuments[Schema],
  verifying: Verifying,
): Result<SignatureAlgorithm, SignatureFailure> => {
  const elements = signedElementsOf(schema, message)
  if (elements.length === 0) return refuse('nothing-to-sign', `nothing in ${message.root} is signed`)
  const signature = signatureOf(message) as SignatureType | undefined
  return signature === undefined
    ? refuse('unsigned', 'the header has no signature')
    : verifyElements({ schema, elements }, signature, verifying)
}
