import { BitReader } from './bit-reader.ts'
import { ExiFault } from './failure.ts'
import type { ComplexType, Production, RootTable, SimpleType, State } from './grammar.ts'
import { PRODUCTION } from './grammar-tables.ts'
import { emptyOf, readSimple, type SimpleValue, type StringPlace } from './read-simple.ts'
import { StringPartition } from './string-partition.ts'

/** EXI 1.0 section 5: distinguishing bits 10, no options, final version 1. */
export const HEADER = 0x80
const DEEPEST = 48
/** Second-level codes where a value may stand; 0 ends the element without one. */
const SECOND_LEVEL_WIDTH = 3

export type Fields = Record<string, unknown>

/** A body that is being read. */
export interface Decoding extends StringPlace {
  readonly path: string[]
}

export const decodingOf = (bytes: Uint8Array): Decoding => ({ reader: new BitReader(bytes), partition: new StringPartition(), path: [] })

const deviates = (state: State, code: number): ExiFault =>
  code === state.productions.length
    ? new ExiFault('deviation', 'an event that the schema does not have here')
    : new ExiFault('event', `event code ${code} where there are ${state.productions.length}`)

const readSecondLevelEnd = ({ reader }: Decoding) => {
  if (reader.bits(SECOND_LEVEL_WIDTH) !== 0) throw new ExiFault('deviation', 'an event that the schema does not have here')
}

const readSimpleElement = (decoding: Decoding, type: SimpleType, qname: number): SimpleValue => {
  const { reader } = decoding
  if (reader.bits(1) === 1) {
    readSecondLevelEnd(decoding)
    return emptyOf(type)
  }
  const value = readSimple(decoding, type, qname)
  if (reader.bits(1) === 1) throw new ExiFault('deviation', 'more than one value in an element')
  return value
}

const readElement = (decoding: Decoding, production: Production): unknown => {
  const { path } = decoding
  if (path.push(production.name) > DEEPEST) throw new ExiFault('depth', `elements nested deeper than ${DEEPEST}`)
  let value: unknown
  if (production.simple !== undefined) value = readSimpleElement(decoding, production.simple, production.qname)
  else value = readComplex(decoding, production.complex!, production.qname)
  path.pop()
  return value
}

const addChild = (type: ComplexType, fields: Fields, { name, list }: Production, value: unknown) => {
  if (type.ordered) {
    const content = fields.content as Fields[] | undefined
    if (content === undefined) fields.content = [{ [name]: value }]
    else content.push({ [name]: value })
  } else if (!list) fields[name] = value
  else {
    const values = fields[name] as unknown[] | undefined
    if (values === undefined) fields[name] = [value]
    else values.push(value)
  }
}

/** An escaped event is only understood as the end of an element whose value is empty. */
const readEscape = (decoding: Decoding, state: State, code: number): Production => {
  const { productions } = state
  const text = code === productions.length ? productions.find(({ kind }) => kind === PRODUCTION.characters) : undefined
  if (text === undefined || productions.some(({ kind }) => kind === PRODUCTION.end)) throw deviates(state, code)
  readSecondLevelEnd(decoding)
  return text
}

const readComplex = (decoding: Decoding, type: ComplexType, qname: number): Fields => {
  const { reader } = decoding
  const fields: Fields = {}
  let state = type.states[0]!
  let left = state.limit
  for (;;) {
    const code = reader.bits(state.width)
    const production = state.productions[code]
    if (production === undefined) {
      const text = readEscape(decoding, state, code)
      fields.value = emptyOf(text.simple!)
      return fields
    }
    switch (production.kind) {
      case PRODUCTION.element:
        addChild(type, fields, production, readElement(decoding, production))
        break
      case PRODUCTION.attribute:
        fields[production.name] = readSimple(decoding, production.simple!, production.qname)
        break
      case PRODUCTION.characters:
        fields.value = readSimple(decoding, production.simple!, qname)
        break
      case PRODUCTION.end:
        return fields
      default:
        throw new ExiFault('wildcard', 'content that the schema leaves open')
    }
    if (code < state.loops && state.limit > 0 && --left > 0) continue
    state = code < state.loops ? (state.after ?? state) : production.next!
    left = state.limit
  }
}

/** Reads a root and its content; what stands behind the end is not looked at. */
export const readDocument = (decoding: Decoding, table: RootTable): { readonly root: string; readonly value: unknown } => {
  if (decoding.reader.bits(8) !== HEADER) throw new ExiFault('header', 'not an EXI 1.0 header without options')
  const code = decoding.reader.bits(table.width)
  const root = table.roots[code]
  if (root === undefined) throw new ExiFault('root', `no element has event code ${code}`)
  return { root: root.key, value: readElement(decoding, root) }
}

/** The end of a fragment: no second root, no other content. */
export const readFragmentEnd = ({ reader }: Decoding, { width, roots }: RootTable) => {
  if (reader.bits(width) !== roots.length + 1) throw new ExiFault('event', 'a fragment of one element is asked for')
}
