import { wholeWithin } from './check-simple.ts'
import type { ComplexType, Production, SimpleType, State } from './grammar.ts'
import { PRODUCTION } from './grammar-tables.ts'
import type { ReadonlyFields } from './walk.ts'
import { bitsOf, type WritePlace, writeSimple } from './write-simple.ts'

const codeIn = ({ names, byName }: State, name: string): number => {
  if (byName !== undefined) return byName.get(name) ?? -1
  for (let code = 0; code < names.length; code++) if (names[code] === name) return code
  return -1
}

/** A value and the two codes around it, the first ones of a state with an escape each: in as few steps as it can be. */
const writeSimpleElement = (place: WritePlace, type: SimpleType, value: unknown) => {
  const { writer } = place
  if (type.isFixed) return writer.bits(bitsOf(value, type) << 1, type.width + 2)
  if (type.kind === 'integer') {
    const whole = wholeWithin(value, type)
    writer.bits(whole < 0 ? 1 : 0, 2)
    writer.unsigned(whole < 0 ? -1 - whole : whole)
  } else {
    writer.bits(0, 1)
    writeSimple(place, type, value)
  }
  writer.bits(0, 1)
}

/** What a production is of. */
const writeProduct = (place: WritePlace, { kind, simple, complex }: Production, value: unknown): boolean => {
  if (simple === undefined) return writeComplex(place, complex!, value)
  if (kind === PRODUCTION.element) writeSimpleElement(place, simple, value)
  else writeSimple(place, simple, value)
  return true
}

const writeComplex = (place: WritePlace, type: ComplexType, value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false
  const { writer } = place
  const fields = value as ReadonlyFields
  // Only plain objects. Asking also makes V8 renew a shape that it has given up: met inside `for in`, one would slow all loops to come.
  if (fields.constructor !== Object) return false
  let state = type.states[0]!
  let left = state.limit
  for (const name in fields) {
    const field = fields[name]
    if (field === undefined) continue
    const code = codeIn(state, name)
    const production = code < 0 ? undefined : state.productions[code]!
    // Where the order of children is part of the value, they stand in `content`, which is for the other way.
    if (type.ordered && production?.kind !== PRODUCTION.attribute) return false
    if (production !== undefined && !production.list) {
      writer.bits(code, state.width)
      if (!writeProduct(place, production, field)) return false
      state = production.next!
      left = state.limit
      continue
    }
    if (!Array.isArray(field)) return false
    for (const item of field) {
      const code = codeIn(state, name)
      if (code < 0) return false
      const production = state.productions[code]!
      writer.bits(code, state.width)
      if (!writeProduct(place, production, item)) return false
      if (code < state.loops && state.limit > 0 && --left > 0) continue
      state = code < state.loops ? (state.after ?? state) : production.next!
      left = state.limit
    }
  }
  if (state.end < 0) return false
  writer.bits(state.end, state.width)
  return true
}

/**
 * Writes an element whose objects have their keys in the order of the schema, as those do that were read: each key is then met where it is
 * asked for and none has to be looked up. False where keys stand otherwise or something is wrong; some of it may have been written.
 * @throws ExiFault where a value is wrong, too, without its place
 */
export const writeInOrder = (place: WritePlace, root: Production, value: unknown): boolean => writeProduct(place, root, value)
