export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

const jsonOf = (value: unknown): Json => {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map(jsonOf)
  return typeof value === 'object' && value !== null ? toJson(value) : null
}

/** Plain data as JSON: bigints as decimal strings, what is undefined left out. */
export const toJson = (data: object): JsonObject =>
  Object.fromEntries(Object.entries(data).flatMap(([key, part]) => (part === undefined ? [] : [[key, jsonOf(part)] as const])))
