import { type GrammarTables, PRODUCTION, type SimpleTable, type StateTable } from './grammar-tables.ts'

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
  /** The names of the productions, undefined where they have none. */
  readonly names: readonly (string | undefined)[]
  /** Code of the production of a key of an object; only where there are many. */
  readonly byName: ReadonlyMap<string, number> | undefined
}

export interface ComplexType {
  readonly ordered: boolean
  /** The value of an element that has text and attributes stands under `value`. */
  readonly states: State[]
}

export interface SimpleType {
  readonly kind: SimpleTable[0]
  readonly width: number
  /** All values take `width` bits: boolean, enumerations, n-bit integers. */
  readonly isFixed: boolean
  /** Of numbers their values, of texts and binary values their lengths; infinite where there is no bound. */
  readonly min: number
  readonly max: number
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

const linkSimple = (table: SimpleTable): SimpleType => {
  const [kind] = table
  const values = table[0] === 'enum' ? table.slice(1) : []
  const [min, max] =
    table[0] === 'enum' || table.length < 3
      ? [0, 0]
      : [Number(table[1]), table[2] === -1 && hasLength(kind) ? Number.POSITIVE_INFINITY : Number(table[2])]
  const width = kind === 'bits' ? widthOf(max - min + 1) : kind === 'enum' ? widthOf(values.length) : 1
  const isFixed = kind === 'boolean' || kind === 'enum' || kind === 'bits'
  return { kind, width, isFixed, min, max, values, codes: new Map(values.map((value, code) => [value, code])) }
}

const linkRoots = (productions: readonly Production[], extra: number): RootTable => {
  const count = new Map<string, number>()
  for (const { name } of productions) count.set(name, (count.get(name) ?? 0) + 1)
  const roots = productions.map((production, code) => {
    const key = count.get(production.name) === 1 ? production.name : `{${production.uri}}${production.name}`
    return { ...production, code, key }
  })
  return { width: widthOf(roots.length + extra), roots, byKey: new Map(roots.map((root) => [root.key, root])) }
}

/** Turns generated tables into the graph of states; done once for a set. */
export const linkGrammar = (tables: GrammarTables): Grammar => {
  const simple = tables.simple.map(linkSimple)
  const types = tables.types.map((table): ComplexType => ({ ordered: table.ordered === 1, states: [] }))
  const qnames = new Map<string, number>()
  const qnameOf = (name: string, uri: number) => {
    const key = `${uri} ${name}`
    const known = qnames.get(key) ?? qnames.size
    qnames.set(key, known)
    return known
  }
  const plain = { name: '', uri: '', attributePath: '', qname: -1, list: false, simple: undefined, complex: undefined, next: undefined }
  const elementOf = (index: number, lists: readonly number[]): Production => {
    const [name, uri, type] = tables.elements[index]!
    const complex = type >= 0 ? types[type] : undefined
    const value = type < 0 ? simple[-1 - type] : undefined
    const names = { name, uri: tables.uris[uri]!, qname: qnameOf(name, uri) }
    return { ...plain, ...names, kind: PRODUCTION.element, list: lists.includes(index), simple: value, complex }
  }
  const productionOf = (kind: number, of: number, lists: readonly number[]): Production => {
    if (kind === PRODUCTION.element) return elementOf(of, lists)
    if (kind === PRODUCTION.characters) return { ...plain, kind, name: 'value', simple: simple[of] }
    if (kind !== PRODUCTION.attribute) return { ...plain, kind }
    const [name, uri, type] = tables.attributes[of]!
    return { ...plain, kind, name, uri: tables.uris[uri]!, attributePath: `@${name}`, qname: qnameOf(name, uri), simple: simple[type] }
  }
  const stateOf = (table: StateTable, lists: readonly number[]): State => {
    const [loops, limit, , ...triples] = table
    const productions: Production[] = []
    for (let at = 0; at < triples.length; at += 3) productions.push(productionOf(triples[at]!, triples[at + 1]!, lists))
    const byName =
      productions.length > MANY ? new Map(productions.flatMap(({ name }, code) => (name === '' ? [] : [[name, code] as const]))) : undefined
    const end = productions.findIndex(({ kind }) => kind === PRODUCTION.end)
    const names = productions.map(({ name }) => (name === '' ? undefined : name))
    return { width: widthOf(productions.length + 1), productions, loops, limit, after: undefined, end, names, byName }
  }
  for (const [index, { states, lists = [] }] of tables.types.entries()) {
    const linked = states.map((state) => stateOf(state, lists))
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
