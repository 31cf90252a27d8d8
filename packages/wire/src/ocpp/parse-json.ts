import { fail, ok, type Result } from '@voltway/units'
import { hasDuplicateKey, isDeeperThan, keysIn } from './scan-json.ts'

export type JsonFailure = 'invalid' | 'tooDeep' | 'forbiddenKey' | 'duplicateKey'

/** A frame's own array counts as one. */
export const MAX_DEPTH = 32
/** From here on a hostile nest costs more to parse than a look before parsing does. */
const LOOK_FIRST_FROM = 4096

/**
 * `JSON.parse` for text from strangers. Refuses nesting beyond 32, keys that could reach a prototype, and keys
 * given twice, of which `JSON.parse` would silently keep the last. Costs about a quarter more than `JSON.parse` alone.
 */
export function parseJson(text: string): Result<unknown, JsonFailure> {
  if (text.length > LOOK_FIRST_FROM && isDeeperThan(text, MAX_DEPTH)) return fail('tooDeep')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return fail('invalid')
  }
  const seen: Seen = { keys: 0 }
  const failure = inspect(value, 0, seen)
  if (failure) return fail(failure)
  if (seen.keys !== keysIn(text) && hasDuplicateKey(text)) return fail('duplicateKey')
  return ok(value)
}

interface Seen {
  keys: number
}

function inspect(value: unknown, depth: number, seen: Seen): JsonFailure | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (depth === MAX_DEPTH) return 'tooDeep'
  if (Array.isArray(value)) {
    for (const item of value) {
      const failure = typeof item === 'object' ? inspect(item, depth + 1, seen) : undefined
      if (failure) return failure
    }
    return undefined
  }
  const object = value as Readonly<Record<string, unknown>>
  for (const key in object) {
    seen.keys++
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') return 'forbiddenKey'
    const property = object[key]
    const failure = typeof property === 'object' ? inspect(property, depth + 1, seen) : undefined
    if (failure) return failure
  }
  return undefined
}
