/** Whether a field is there: undefined ones and empty lists are not. */
export const isThere = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0)

/** Whether an object has as many fields as were taken. */
export const hasOnly = (fields: Readonly<Record<string, unknown>>, taken: number): boolean => {
  let count = 0
  for (const _ in fields) count++
  if (count === taken) return true
  for (const name in fields) if (!isThere(fields[name])) count--
  return count === taken
}
