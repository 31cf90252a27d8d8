import { BitReader } from './bit-reader.ts'
import { ExiFault } from './failure.ts'
import type { ComplexType, Production, RootTable, State } from './grammar.ts'
import { PRODUCTION } from './grammar-tables.ts'
import { type Decoding, readEmpty, readSimple, type SimpleValue, valueOfBits } from './read-simple.ts'
import type { SimpleType } from './simple-type.ts'
import { StringPartition } from './string-partition.ts'

/** EXI 1.0 section 5: distinguishing bits 10, no options, final version 1. */
export const HEADER = 0x80
const DEEPEST = 48
/** Second-level codes where a value may stand; 0 ends the element without one. */
const SECOND_LEVEL_WIDTH = 3

export type Fields = Record<string, unknown>

/** What bodies are read with, one after the other. */
export const newDecoding = (): Decoding => ({
  reader: new BitReader(),
  partition: new StringPartition(),
  path: [],
  depth: 0,
  deviations: undefined,
  ids: new Set(),
})

const deviates = (state: State, code: number): ExiFault =>
  code === state.productions.length
    ? new ExiFault('deviation', 'an event that the schema does not have here')
    : new ExiFault('event', `event code ${code} where there are ${state.productions.length}`)

const readSecondLevelEnd = ({ reader }: Decoding) => {
  if (reader.bits(SECOND_LEVEL_WIDTH) !== 0) throw new ExiFault('deviation', 'an event that the schema does not have here')
}

/** The value of an element between its two codes, which are 0 both but for what is tolerated. */
const readSimpleElement = (decoding: Decoding, type: SimpleType, qname: number): SimpleValue => {
  const { reader } = decoding
  if (type.isFixed) {
    const start = reader.position
    const bits = reader.bits(type.width + 2)
    if ((bits & 1) === 0 && bits >>> 1 < 1 << type.width) return valueOfBits(bits >>> 1, type)
    reader.position = start
  }
  if (reader.bits(1) === 1) {
    readSecondLevelEnd(decoding)
    return readEmpty(decoding, type)
  }
  const value = readSimple(decoding, type, qname)
  if (reader.bits(1) === 1) throw new ExiFault('deviation', 'more than one value in an element')
  return value
}

const readElement = (decoding: Decoding, production: Production): unknown => {
  if (decoding.depth === DEEPEST) throw new ExiFault('depth', `elements nested deeper than ${DEEPEST}`)
  decoding.path[decoding.depth++] = production.name
  const { simple, complex, qname } = production
  const value = simple !== undefined ? readSimpleElement(decoding, simple, qname) : readComplex(decoding, complex!, qname)
  decoding.depth--
  return value
}

const readAttribute = (decoding: Decoding, { attributePath, simple, qname }: Production): SimpleValue => {
  decoding.path[decoding.depth++] = attributePath
  const value = readSimple(decoding, simple!, qname)
  decoding.depth--
  return value
}

/** The list of a field, which may have begun before another one did. */
const listOf = (fields: Fields, name: string): unknown[] => {
  const known = fields[name] as unknown[] | undefined
  if (known !== undefined) return known
  const made: unknown[] = []
  fields[name] = made
  return made
}

/** An escaped event is only understood as the end of an element whose value is empty. */
const readEscape = (decoding: Decoding, state: State, code: number): SimpleValue => {
  const { productions } = state
  const text = code === productions.length ? productions.find(({ kind }) => kind === PRODUCTION.characters) : undefined
  if (text === undefined || state.end >= 0) throw deviates(state, code)
  readSecondLevelEnd(decoding)
  return readEmpty(decoding, text.simple!)
}

const readComplex = (decoding: Decoding, type: ComplexType, qname: number): Fields => {
  const { reader } = decoding
  const fields: Fields = new type.Made()
  let list: unknown[] | undefined
  let listed = ''
  let state = type.states[0]!
  let left = state.limit
  for (;;) {
    const code = reader.bits(state.width)
    const production = state.productions[code]
    if (production === undefined) {
      fields.value = readEscape(decoding, state, code)
      return fields
    }
    const { kind, name } = production
    if (kind === PRODUCTION.element) {
      const value = readElement(decoding, production)
      if (type.ordered) listOf(fields, 'content').push({ [name]: value })
      else if (!production.list) fields[name] = value
      else {
        if (list === undefined || name !== listed) list = listOf(fields, name)
        listed = name
        list.push(value)
      }
    } else if (kind === PRODUCTION.end) return fields
    else if (kind === PRODUCTION.attribute) fields[name] = readAttribute(decoding, production)
    else if (kind === PRODUCTION.characters) fields.value = readSimple(decoding, production.simple!, qname)
    else throw new ExiFault('wildcard', 'content that the schema leaves open')
    if (code < state.loops && state.limit > 0 && --left > 0) continue
    state = code < state.loops ? (state.after ?? state) : production.next!
    left = state.limit
  }
}

/** Reads a root and its content; what stands behind the end is not looked at. */
export const readDocument = (
  decoding: Decoding,
  bytes: Uint8Array,
  table: RootTable,
): { readonly root: string; readonly value: unknown } => {
  const { reader, partition } = decoding
  reader.begin(bytes)
  partition.reset()
  if (decoding.ids.size > 0) decoding.ids = new Set()
  decoding.depth = 0
  decoding.deviations = undefined
  if (reader.bits(8) !== HEADER) throw new ExiFault('header', 'not an EXI 1.0 header without options')
  const code = reader.bits(table.width)
  const root = table.roots[code]
  if (root === undefined) throw new ExiFault('root', `no element has event code ${code}`)
  return { root: root.key, value: readElement(decoding, root) }
}

/** The end of a fragment: no second root, no other content. */
export const readFragmentEnd = ({ reader }: Decoding, { width, roots }: RootTable) => {
  if (reader.bits(width) !== roots.length + 1) throw new ExiFault('event', 'a fragment of one element is asked for')
}
