import { type GrammarTables, PRODUCTION, type StateTable, type TypeTable } from './grammar-tables.ts'
import { linkSimple, type SimpleType, widthOf } from './simple-type.ts'
import { type FieldsWriter, type FieldsWriters, WRITER_PARTS } from './write-fields.ts'

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
  const writers = writersOf?.(simple, WRITER_PARTS) ?? []
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
