/** JSON made readable; text that is none stays as it is. */
export const prettyJson = (value: unknown): string => {
  if (typeof value !== 'string') return JSON.stringify(value, null, 2) ?? ''
  try {
    return JSON.stringify(JSON.parse(value), null, 2)
  } catch {
    return value
  }
}

const PART = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g

/** JSON with names and values told apart. */
export const JsonText = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const parts: { readonly text: string; readonly kind?: string }[] = []
  let last = 0
  for (const found of text.matchAll(PART)) {
    if (found.index > last) parts.push({ text: text.slice(last, found.index) })
    const kind = found[2] !== undefined ? 'name' : found[1] !== undefined ? 'string' : 'value'
    parts.push({ text: found[1] ?? found[0], kind })
    if (found[2] !== undefined) parts.push({ text: found[2] })
    last = found.index + found[0].length
  }
  parts.push({ text: text.slice(last) })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus
    <section className="c-json" tabIndex={0} aria-label={label}>
      <pre>
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
          <span key={index} data-kind={part.kind}>
            {part.text}
          </span>
        ))}
      </pre>
    </section>
  )
}
