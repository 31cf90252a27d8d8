import type { ComplexType, Production, RootTable, State } from '../grammar.ts'
import { PRODUCTION } from '../grammar-tables.ts'
import type { SimpleType } from '../simple-type.ts'

type Random = () => number

const wholeBelow = (random: Random, count: number): number => Math.floor(random() * count)

const pick = <Thing>(random: Random, things: readonly Thing[]): Thing => things[wholeBelow(random, things.length)]!

const textOf = (random: Random, length: number): string =>
  Array.from({ length }, () => {
    const kind = random()
    if (kind < 0.9) return String.fromCharCode(32 + wholeBelow(random, 95))
    return String.fromCodePoint(kind < 0.96 ? 0xa0 + wholeBelow(random, 0x3000) : 0x10000 + wholeBelow(random, 0x100000))
  }).join('')

const bigOf = (random: Random, bits: number): bigint => {
  let value = 0n
  for (let taken = 0; taken < bits; taken += 16) value = (value << 16n) | BigInt(wholeBelow(random, 0x10000))
  return BigInt.asUintN(wholeBelow(random, bits + 1), value)
}

const wholeWithin = (random: Random, { min, max }: SimpleType): number => {
  const kind = random()
  if (kind < 0.1) return min
  if (kind < 0.2) return max
  return Math.min(max, min + Math.floor(random() ** 3 * (max - min + 1)))
}

const lengthWithin = (random: Random, { min, max }: SimpleType): number => {
  const most = Number.isFinite(max) ? max : 60
  return random() < 0.05 ? most : Math.min(most, min + wholeBelow(random, Math.min(40, most - min + 1)))
}

/** A value of a datatype; of its edges more often than by chance. */
export const randomValue = (random: Random, type: SimpleType): unknown => {
  switch (type.kind) {
    case 'boolean':
      return random() < 0.5
    case 'enum':
      return type.values[wholeBelow(random, type.values.length)]
    case 'bits':
    case 'unsigned':
    case 'integer':
      return wholeWithin(random, type)
    case 'unsignedLong':
      return bigOf(random, 64)
    case 'long':
      return bigOf(random, 63) * (random() < 0.5 ? 1n : -1n)
    case 'big':
      return bigOf(random, 400) * (random() < 0.5 ? 1n : -1n)
    case 'string':
      if (type.form === 'id') return `${pick(random, ['_', 'id', 'Ä'])}${wholeBelow(random, 2 ** 40)}`
      if (type.form === 'uri') return textOf(random, lengthWithin(random, type)).replaceAll(/[%#]/g, '/')
      return textOf(random, lengthWithin(random, type))
    case 'base64':
    case 'hex':
      return Uint8Array.from({ length: lengthWithin(random, type) }, () => wholeBelow(random, 256))
  }
}

/** A type that needs content the schema leaves open: nothing random can be made of it. */
class DeadEnd extends Error {}

/** The rest of a walk: how deep it is decides how soon it ends. */
const choose = (random: Random, { productions }: State, depth: number): number => {
  const codes = productions.flatMap(({ kind }, code) => (kind === PRODUCTION.wildcard || kind === PRODUCTION.mixed ? [] : [code]))
  if (codes.length === 0) throw new DeadEnd()
  const end = codes.find((code) => productions[code]!.kind === PRODUCTION.end)
  if (end !== undefined && random() < 0.15 + depth * 0.05) return end
  return codes[wholeBelow(random, codes.length)]!
}

const addChild = (type: ComplexType, fields: Record<string, unknown>, { name, list }: Production, value: unknown) => {
  const [key, item] = type.ordered ? ['content', { [name]: value }] : [name, value]
  if (type.ordered || list) fields[key] = [...((fields[key] as unknown[] | undefined) ?? []), item]
  else fields[key] = item
}

const randomFields = (random: Random, type: ComplexType, depth: number): Record<string, unknown> => {
  const fields: Record<string, unknown> = {}
  let state = type.states[0]!
  let left = state.limit
  for (;;) {
    const code = choose(random, state, depth)
    const production = state.productions[code]!
    if (production.kind === PRODUCTION.end) return fields
    if (production.kind === PRODUCTION.element) addChild(type, fields, production, randomElement(random, production, depth + 1))
    else fields[production.name] = randomValue(random, production.simple!)
    if (code < state.loops && state.limit > 0 && --left > 0) continue
    state = code < state.loops ? (state.after ?? state) : production.next!
    left = state.limit
  }
}

const randomElement = (random: Random, { simple, complex }: Production, depth: number): unknown =>
  simple === undefined ? randomFields(random, complex!, depth) : randomValue(random, simple)

/** A random object that a grammar allows, with values within the facets of its datatypes. */
export const randomDocument = (random: Random, { roots }: RootTable): { readonly root: string; readonly value: unknown } => {
  for (;;) {
    const root = roots[wholeBelow(random, roots.length)]!
    try {
      return { root: root.key, value: randomElement(random, root, 0) }
    } catch (error) {
      if (!(error instanceof DeadEnd)) throw error
    }
  }
}
