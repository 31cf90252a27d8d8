/** Text without what neither C strings nor PostgreSQL can hold: NUL characters and halves of surrogate pairs. */
export const cleanText = (text: string) => (text.includes('\0') ? text.replaceAll('\0', '') : text).toWellFormed()

/** `cleanText` for every string of a JSON value that no schema describes; the same value when nothing is to be cleaned. */
export function cleanJson(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = value.map(cleanJson)
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  const entries = Object.entries(value)
  const cleaned = entries.map(([key, item]) => [cleanText(key), cleanJson(item)] as const)
  return cleaned.some(([key, item], index) => key !== entries[index]?.[0] || item !== entries[index]?.[1])
    ? Object.fromEntries(cleaned)
    : value
}
