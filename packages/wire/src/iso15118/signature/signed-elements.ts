import type { Rooted } from '../../exi/codec.ts'
import { SIGNED_PARTS, type SignedPart, type SigningSchema } from './signed-parts.ts'

type Fields = Readonly<Record<string, unknown>>

/** An element that is, or is to be, signed. */
export interface SignedElement {
  readonly root: string
  readonly value: Fields
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !(value instanceof Uint8Array)

/** Replaces every element at the end of a path; the rest of the message is kept as it is. */
const mapAt = (value: unknown, path: readonly string[], change: (element: Fields) => Fields): unknown => {
  if (Array.isArray(value)) return value.map((item) => mapAt(item, path, change))
  if (!isFields(value)) return value
  const [first, ...rest] = path
  if (first === undefined) return change(value)
  return Object.hasOwn(value, first) ? { ...value, [first]: mapAt(value[first], rest, change) } : value
}

interface Signable {
  readonly parts: readonly SignedPart[]
  /** From the document's value to the message's own element. */
  readonly prefix: readonly string[]
}

/** What may be signed in a document; undefined when it is no message that is ever signed. */
const signableOf = (schema: SigningSchema, { root, value }: Rooted): Signable | undefined => {
  const body = schema === 'iso15118-2' && isFields(value) && isFields(value.Body) ? value.Body : undefined
  const message = body === undefined ? root : (Object.keys(body)[0] ?? '')
  const table = SIGNED_PARTS[schema]
  if (!Object.hasOwn(table, message)) return undefined
  return { parts: table[message]!, prefix: body === undefined ? [] : ['Body', message] }
}

/** The elements of a message that are signed when it has a signature, in the order of their references. */
export const signedElementsOf = (schema: SigningSchema, document: Rooted): readonly SignedElement[] => {
  const elements: SignedElement[] = []
  const { parts, prefix } = signableOf(schema, document) ?? { parts: [], prefix: [] }
  for (const { element, path } of parts)
    mapAt(document.value, [...prefix, ...path], (value) => {
      elements.push({ root: element, value })
      return value
    })
  return elements
}

/** The message with an Id in every element that is signed: `ID1`, `ID2`, ... where it has none. */
export const withIds = (schema: SigningSchema, document: Rooted): Rooted => {
  const { parts, prefix } = signableOf(schema, document) ?? { parts: [], prefix: [] }
  let count = 0
  const identified = (element: Fields): Fields => {
    count += 1
    return typeof element.Id === 'string' ? element : { ...element, Id: `ID${count}` }
  }
  const value = parts.reduce<unknown>((all, { path }) => mapAt(all, [...prefix, ...path], identified), document.value)
  return { root: document.root, value }
}

/** The signature in the header of a message. */
export const signatureOf = ({ value }: Rooted): unknown => (isFields(value) && isFields(value.Header) ? value.Header.Signature : undefined)

/** The message with a signature in its header. */
export const withSignature = (document: Rooted, signature: unknown): Rooted => ({
  root: document.root,
  value: mapAt(document.value, ['Header'], (header) => ({ ...header, Signature: signature })),
})
