/** PostgreSQL's text has no U+0000; it becomes U+FFFD, as UTF-8 decoders write what they cannot read. */
export const storableText = <Text extends string | undefined>(text: Text): Text | string =>
  text?.includes('\0') ? text.replaceAll('\0', '\u{fffd}') : text

/** JSON text that jsonb takes: also without U+0000 inside of its strings. */
export const storableJson = (value: unknown): string | undefined => {
  if (value === undefined) return undefined
  const text = JSON.stringify(value)
  if (!text.includes('\\u0000')) return text
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'string' ? storableText(inner) : inner))
}
