import type { SchemaError } from './compiled-schemas.ts'

/** Strings up to here, or up to four times their limit, are kept whole; beyond, they are refused. */
const LENIENT_LENGTH = 255

/** Lengths are counted in code points, as JSON Schema has it. */
export const isOverLong = (text: string, limit: number) => text.length > limit && [...text].length > limit

/** Whether an error is only a string somewhat over its length: no station is turned away for its long name. */
export function isForgivable({ keyword, instancePath, params }: SchemaError, payload: unknown): boolean {
  if (keyword !== 'maxLength') return false
  const text = at(payload, instancePath)
  return typeof text === 'string' && text.length <= Math.max(LENIENT_LENGTH, 4 * Number(params.limit))
}

/** What a JSON pointer (RFC 6901) points at. */
function at(payload: unknown, pointer: string): unknown {
  let value = payload
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = Reflect.get(value, key)
  }
  return value
}
