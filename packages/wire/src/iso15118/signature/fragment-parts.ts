import { ok, type Result } from '@voltway/units'
import type { WriteOptions } from '../../exi/codec.ts'
import { untypedCodecOf } from '../index.ts'
import { refuse, type SignatureFailure } from './failure.ts'
import type { SignedElement } from './signed-elements.ts'
import type { SigningSchema } from './signed-parts.ts'

/** One signed element as its bytes. */
export interface FragmentPart {
  /** What its reference names. */
  readonly id: string
  /** Its fragment in the grammar of its own set: what the digest is of. */
  readonly exi: Uint8Array
  /** The element's name, for what is said about it. */
  readonly root?: string
}

export const nameOf = ({ root, id }: FragmentPart): string => root ?? id

/** The Ids of parts, which must all differ. */
export const distinctIds = (parts: readonly FragmentPart[]): Result<readonly string[], SignatureFailure> => {
  const ids: string[] = []
  for (const part of parts) {
    if (part.id === '') return refuse('element-unsigned', `${nameOf(part)} has no Id`, nameOf(part))
    if (ids.includes(part.id)) return refuse('duplicate-id', `the Id ${part.id} is there twice`, nameOf(part))
    ids.push(part.id)
  }
  return ok(ids)
}

/** The bytes that an element's digest is of: its fragment in the grammar of its own set. What was received is written as it came, leniently. */
export const fragmentOf = (schema: SigningSchema, element: SignedElement, options?: WriteOptions): Result<Uint8Array, SignatureFailure> => {
  const encoded = untypedCodecOf(schema).fragment.encode(element, options)
  return encoded.ok ? encoded : refuse('encoding', `${encoded.failure.path}: ${encoded.failure.message}`, element.root)
}

/** Elements, which must have an Id each, as their bytes. */
export const fragmentParts = (
  schema: SigningSchema,
  elements: readonly SignedElement[],
  options?: WriteOptions,
): Result<readonly FragmentPart[], SignatureFailure> => {
  const parts: FragmentPart[] = []
  for (const { root, value } of elements) {
    if (typeof value.Id !== 'string' || value.Id === '') return refuse('element-unsigned', `${root} has no Id`, root)
    const exi = fragmentOf(schema, { root, value }, options)
    if (!exi.ok) return exi
    parts.push({ id: value.Id, exi: exi.value, root })
  }
  return ok(parts)
}
