/** PostgreSQL's text has no U+0000; it becomes U+FFFD, as UTF-8 decoders write what they cannot read. */
export const storableText = <Text extends string | undefined>(text: Text): Text | string =>
  text?.includes('\0') ? text.replaceAll('\0', '\u{fffd}') : text

/** What `JSON.stringify` writes for U+0000 and for halves of surrogate pairs, neither of which jsonb takes. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/

const storableValue = (value: unknown): unknown => {
  if (typeof value === 'string') return storableText(value).toWellFormed()
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(storableValue)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storableText(key).toWellFormed(), storableValue(inner)]))
}

/** JSON text that jsonb takes: whole characters and no U+0000, in its strings and in its keys. */
export const storableJson = (value: unknown): string | undefined => {
  if (value === undefined) return undefined
  const text = JSON.stringify(value)
  return UNSTORABLE.test(text) ? JSON.stringify(storableValue(value)) : text
}
