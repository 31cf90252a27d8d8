/** A copy without some of its optional fields. */
export const without = <Value extends object>(value: Value, keys: readonly (keyof Value)[]): Value => {
  const copy = { ...value }
  for (const key of keys) delete copy[key]
  return copy
}
