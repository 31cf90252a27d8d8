import { bytesOf, textOf, wholeWithin } from './check-simple.ts'
import { type ComplexType, type Production, type State, WAY } from './grammar.ts'
import type { ReadonlyFields } from './walk.ts'
import { bitsOf, type WritePlace, writeBytes, writeSimple, writeString } from './write-simple.ts'

const codeIn = ({ productions, byName }: State, name: string): number => {
  if (byName !== undefined) return byName.get(name) ?? -1
  for (let code = 0; code < productions.length; code++) if (productions[code]!.name === name) return code
  return -1
}

/** The production of a key, which need not be the one that was likely; it is from now on. */
const find = (state: State, name: string): Production | undefined => {
  const code = codeIn(state, name)
  if (code < 0) return undefined
  const found = state.productions[code]!
  state.likely = found
  return found
}

/** A production's code, the value that it is of, and the end of that: in as few steps as it can be. */
const writeValue = (place: WritePlace, { way, lead, leadWidth, tail, simple }: Production, value: unknown) => {
  const { writer } = place
  const type = simple!
  if (way <= WAY.boolean) {
    const { width } = type
    return writer.bits(((lead << width) | bitsOf(value, type)) << tail, leadWidth + width + tail)
  }
  if (way <= WAY.integer) {
    const whole = wholeWithin(value, type)
    const isNegative = whole < 0
    const signWidth = way === WAY.integer ? 1 : 0
    writer.ledUnsigned((lead << signWidth) | (isNegative ? 1 : 0), leadWidth + signWidth, isNegative ? -1 - whole : whole)
  } else {
    writer.bits(lead, leadWidth)
    if (way === WAY.string) writeString(place, type, textOf(value))
    else if (way === WAY.base64) writeBytes(place, type, bytesOf(value))
    else writeSimple(place, type, value)
  }
  writer.zeros(tail)
}

/** What a production is of, with its code. */
const writeProduct = (place: WritePlace, production: Production, value: unknown): boolean => {
  const { way } = production
  if (way === WAY.complex) {
    place.writer.bits(production.lead, production.leadWidth)
    return writeComplex(place, production.complex!, value)
  }
  if (way === WAY.none) return false
  writeValue(place, production, value)
  return true
}

/** Where a list that began in a state, and may go on there `left` times, leaves its object. */
interface Run {
  state: State
  left: number
}

const writeList = (place: WritePlace, run: Run, name: string, items: readonly unknown[]): boolean => {
  for (let index = 0; index < items.length; index++) {
    const { state } = run
    const production = state.likely.name === name ? state.likely : find(state, name)
    if (production === undefined || !writeProduct(place, production, items[index])) return false
    if (!production.loops) run.state = production.next!
    else if (state.limit === 0 || --run.left > 0) continue
    else run.state = state.after ?? state
    run.left = run.state.limit
  }
  return true
}

const writeComplex = (place: WritePlace, { states }: ComplexType, value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false
  const fields = value as ReadonlyFields
  // Only plain objects. Asking also makes V8 renew a shape that it has given up: met inside `for in`, one would slow all loops to come.
  if (fields.constructor !== Object) return false
  let state = states[0]!
  let run: Run | undefined
  for (const name in fields) {
    const field = fields[name]
    if (field === undefined) continue
    const { likely } = state
    const production = likely.name === name ? likely : find(state, name)
    if (production !== undefined && !production.list) {
      if (!writeProduct(place, production, field)) return false
      state = production.next!
      continue
    }
    if (!Array.isArray(field)) return false
    if (run === undefined || run.state !== state) run = { state, left: state.limit }
    if (!writeList(place, run, name, field)) return false
    state = run.state
  }
  const { end, width } = state
  if (end < 0) return false
  if (end === 0) place.writer.zeros(width)
  else place.writer.bits(end, width)
  return true
}

/**
 * Writes an element, with the code of its root, whose objects have their keys in the order of the schema, as those do that were read: each key
 * is then met where it is asked for and none has to be looked up. False where keys stand otherwise or something is wrong; some of it may have
 * been written.
 * @throws ExiFault where a value is wrong, too, without its place
 */
export const writeInOrder = (place: WritePlace, root: Production, value: unknown): boolean => writeProduct(place, root, value)
