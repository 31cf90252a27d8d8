import { type GrammarTables, PRODUCTION, type SimpleTable, type StateTable, type TextForm, type TypeTable } from './grammar-tables.ts'
import type { FieldsWriter, FieldsWriters } from './write-fields.ts'

/** Where a state's production leads; one shape for all kinds, so that the walk stays on the fast way. */
export interface Production {
  readonly kind: number
  /** Of the attribute or element; `''` for others. */
  readonly name: string
  readonly uri: string
  /** As a step of a path: `@Id`. */
  readonly attributePath: string
  /** The name's number in the string tables. */
  readonly qname: number
  /** The element can occur more than once in its parent: its values are a list. */
  readonly list: boolean
  /** The datatype of the value, undefined for elements with attributes or children. */
  readonly simple: SimpleType | undefined
  readonly complex: ComplexType | undefined
  next: State | undefined
}

export interface State {
  /** Bits of an event code: the productions and the escape to second-level codes. */
  readonly width: number
  readonly productions: readonly Production[]
  readonly loops: number
  readonly limit: number
  after: State | undefined
  /** The code of the production that ends the element, or -1. */
  readonly end: number
  /** Code of the production of a key of an object; only where there are many. */
  readonly byName: ReadonlyMap<string, number> | undefined
}

export interface ComplexType {
  readonly ordered: boolean
  /** The value of an element that has text and attributes stands under `value`. */
  readonly states: State[]
  /** Makes an empty object. */
  readonly Made: new () => Record<string, unknown>
  /** Writes an object without a walk. */
  readonly write: FieldsWriter | undefined
}

export interface SimpleType {
  readonly kind: SimpleTable[0]
  readonly width: number
  /** All values take `width` bits: boolean, enumerations, n-bit integers. */
  readonly isFixed: boolean
  /** Of numbers their values, of texts and binary values their lengths; infinite where there is no bound. */
  readonly min: number
  readonly max: number
  readonly form: TextForm | undefined
  readonly values: readonly string[]
  readonly codes: ReadonlyMap<string, number>
}

/** An element that can be the root, with its event code. */
export type Root = Production & { readonly code: number; readonly key: string }

/** One way to begin: the document grammar or the fragment grammar of a set. */
export interface RootTable {
  readonly width: number
  readonly roots: readonly Root[]
  readonly byKey: ReadonlyMap<string, Root>
}

/** A set's grammars, ready to be walked. */
export interface Grammar {
  readonly documents: RootTable
  readonly fragments: RootTable
}

/** Above this many productions a state looks names up instead of asking the object for each. */
const MANY = 6

/** Bits that hold any of `count` different codes. */
export const widthOf = (count: number): number => (count <= 1 ? 0 : 32 - Math.clz32(count - 1))

const hasLength = (kind: SimpleTable[0]): boolean => kind === 'string' || kind === 'base64' || kind === 'hex'

/**
 * A maker of plain objects for one type alone. V8 finds the shape that an object takes with its next key among those that followed from the
 * same beginning: of `{}` those of all types, of these those of one.
 */
const newMaker = (): ComplexType['Made'] => {
  function Made() {}
  Made.prototype = Object.prototype
  const maker: object = Made
  return maker as ComplexType['Made']
}

const linkSimple = (table: SimpleTable): SimpleType => {
  const [kind] = table
  const values = table[0] === 'enum' ? table.slice(1) : []
  const [min, max] =
    table[0] === 'enum' || table.length < 3
      ? [0, 0]
      : [Number(table[1]), table[2] === -1 && hasLength(kind) ? Number.POSITIVE_INFINITY : Number(table[2])]
  const width = kind === 'bits' ? widthOf(max - min + 1) : kind === 'enum' ? widthOf(values.length) : 1
  const isFixed = kind === 'boolean' || kind === 'enum' || kind === 'bits'
  const form = table[0] === 'string' ? table[3] : undefined
  return { kind, width, isFixed, min, max, form, values, codes: new Map(values.map((value, code) => [value, code])) }
}

const linkRoots = (productions: readonly Production[], extra: number): RootTable => {
  const count = new Map<string, number>()
  const width = widthOf(productions.length + extra)
  for (const { name } of productions) count.set(name, (count.get(name) ?? 0) + 1)
  const roots = productions.map((production, code) => {
    const key = count.get(production.name) === 1 ? production.name : `{${production.uri}}${production.name}`
    return { ...production, code, key }
  })
  return { width, roots, byKey: new Map(roots.map((root) => [root.key, root])) }
}

/** What a production is of that is of nothing: all have the same keys in the same order. */
const plain = {
  name: '',
  uri: '',
  attributePath: '',
  qname: -1,
  list: false,
  simple: undefined,
  complex: undefined,
  next: undefined,
}

/** Turns generated tables into the graph of states; done once for a set. */
export const linkGrammar = (tables: GrammarTables, writersOf?: FieldsWriters): Grammar => {
  const simple = tables.simple.map(linkSimple)
  const writers = writersOf?.(simple) ?? []
  const types = tables.types.map(
    ({ ordered }, index): ComplexType => ({ ordered: ordered === 1, states: [], Made: newMaker(), write: writers[index] }),
  )
  const qnames = new Map<string, number>()
  const qnameOf = (name: string, uri: number) => {
    const key = `${uri} ${name}`
    const known = qnames.get(key) ?? qnames.size
    qnames.set(key, known)
    return known
  }
  const elementOf = (index: number, lists: readonly number[]): Production => {
    const [name, uri, type] = tables.elements[index]!
    const complex = type >= 0 ? types[type] : undefined
    const value = type < 0 ? simple[-1 - type] : undefined
    const list = lists.includes(index)
    const names = { name, uri: tables.uris[uri]!, qname: qnameOf(name, uri) }
    return { ...plain, ...names, kind: PRODUCTION.element, list, simple: value, complex }
  }
  const productionOf = (kind: number, of: number, lists: readonly number[]): Production => {
    if (kind === PRODUCTION.element) return elementOf(of, lists)
    if (kind === PRODUCTION.characters) return { ...plain, kind, name: 'value', simple: simple[of] }
    if (kind !== PRODUCTION.attribute) return { ...plain, kind }
    const [name, uri, type] = tables.attributes[of]!
    const names = { name, uri: tables.uris[uri]!, attributePath: `@${name}`, qname: qnameOf(name, uri) }
    return { ...plain, ...names, kind, simple: simple[type] }
  }
  const stateOf = (table: StateTable, { lists = [] }: TypeTable): State => {
    const [loops, limit, , ...triples] = table
    const productions: Production[] = []
    for (let at = 0; at < triples.length; at += 3) productions.push(productionOf(triples[at]!, triples[at + 1]!, lists))
    const width = widthOf(productions.length + 1)
    const byName = productions.length > MANY ? new Map(productions.map(({ name }, code) => [name, code])) : undefined
    byName?.delete('')
    const end = productions.findIndex(({ kind }) => kind === PRODUCTION.end)
    return { width, productions, loops, limit, after: undefined, end, byName }
  }
  for (const [index, table] of tables.types.entries()) {
    const { states } = table
    const linked = states.map((state) => stateOf(state, table))
    for (const [at, state] of linked.entries()) {
      const [, limit, after, ...triples] = states[at]!
      if (limit > 0) state.after = linked[after]
      for (const [code, production] of state.productions.entries())
        if (production.kind !== PRODUCTION.end) production.next = linked[triples[code * 3 + 2]!]
    }
    types[index]!.states.push(...linked)
  }
  const root = (index: number): Production => elementOf(index, [])
  return { documents: linkRoots(tables.documents.map(root), 1), fragments: linkRoots(tables.fragments.map(root), 2) }
}
