import type { BitWriter } from './bit-writer.ts'
import { HEADER } from './decode.ts'
import { ExiFault } from './failure.ts'
import type { ComplexType, Production, RootTable, SimpleType, State } from './grammar.ts'
import { PRODUCTION } from './grammar-tables.ts'
import { isFields, type ReadonlyFields, type Visitor, walkComplex } from './walk.ts'
import { bitsOf, type WritePlace, writeSimple } from './write-simple.ts'

/** Writes bodies into one buffer, one after the other. */
export class Encoder implements Visitor, WritePlace {
  readonly writer: BitWriter
  /** The names of the elements that are open; only the first `depth` count. */
  readonly path: string[] = []
  depth = 0
  lenient = false
  /** Inside an object whose keys are not in the order of the schema. */
  #anyOrder = false

  constructor(writer: BitWriter) {
    this.writer = writer
  }

  event(code: number, { width }: State) {
    this.writer.bits(code, width)
  }

  attribute({ simple, attributePath }: Production, value: unknown) {
    this.path[this.depth++] = attributePath
    writeSimple(this, simple!, value)
    this.depth--
  }

  characters({ simple }: Production, value: unknown) {
    writeSimple(this, simple!, value)
  }

  element({ name, simple, complex }: Production, value: unknown) {
    this.path[this.depth++] = name
    if (simple === undefined) this.#complex(complex!, value)
    else this.#simple(simple, value)
    this.depth--
  }

  /** The value, then the end of the element: the first code of a state with an escape each. */
  #simple(type: SimpleType, value: unknown) {
    const { writer } = this
    if (type.isFixed) return writer.bits(bitsOf(value, type) << 1, type.width + 2)
    writer.bits(0, 1)
    writeSimple(this, type, value)
    writer.bits(0, 1)
  }

  #complex(type: ComplexType, value: unknown) {
    if (type.ordered || this.#anyOrder || !isFields(value)) return walkComplex(type, value, this)
    const start = this.writer.position
    if (this.#inOrder(type, value)) return
    // All that is inside goes the slow way too, so that nothing is tried more than twice.
    this.writer.position = start
    this.#anyOrder = true
    walkComplex(type, value, this)
    this.#anyOrder = false
  }

  /**
   * Writes an object whose keys stand in the order of the schema, as those do that were read or are written by hand: each key is then
   * met where it is asked for, and none has to be looked up. False where they do not, or where something is wrong with them.
   */
  #inOrder(type: ComplexType, fields: ReadonlyFields): boolean {
    let state = type.states[0]!
    let left = state.limit
    for (const name in fields) {
      const value = fields[name]
      if (value === undefined) continue
      const items = Array.isArray(value) ? value : undefined
      const count = items === undefined ? 1 : items.length
      for (let index = 0; index < count; index++) {
        const code = codeIn(state, name)
        if (code < 0) return false
        const production = state.productions[code]!
        if (production.list !== (items !== undefined)) return false
        this.writer.bits(code, state.width)
        const item: unknown = items === undefined ? value : items[index]
        if (production.kind === PRODUCTION.element) this.element(production, item)
        else if (production.kind === PRODUCTION.attribute) this.attribute(production, item)
        else writeSimple(this, production.simple!, item)
        if (code < state.loops && state.limit > 0 && --left > 0) continue
        state = code < state.loops ? (state.after ?? state) : production.next!
        left = state.limit
      }
    }
    if (state.end < 0) return false
    this.writer.bits(state.end, state.width)
    return true
  }

  /** A whole document or fragment. */
  root(table: RootTable, name: string, value: unknown) {
    this.writer.reset()
    this.depth = 0
    this.#anyOrder = false
    const root = table.byKey.get(name)
    if (root === undefined) throw new ExiFault('root', `${name} cannot stand at the root`)
    this.writer.bits(HEADER, 8)
    this.writer.bits(root.code, table.width)
    this.element(root, value)
  }
}

const codeIn = ({ names, byName }: State, name: string): number => {
  if (byName !== undefined) return byName.get(name) ?? -1
  for (let code = 0; code < names.length; code++) if (names[code] === name) return code
  return -1
}
