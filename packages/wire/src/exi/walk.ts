import { ExiFault } from './failure.ts'
import type { ComplexType, Production, State } from './grammar.ts'
import { PRODUCTION } from './grammar-tables.ts'
import { hasOnly, isThere } from './has-only.ts'

/** A message or a part of it: values, objects and lists by name. */
export type ReadonlyFields = Readonly<Record<string, unknown>>

/** What a walk over an object meets, in the order of the schema. */
export interface Visitor {
  /** Called before each of the others, with the event's code in its state. */
  event(code: number, state: State): void
  attribute(production: Production, value: unknown): void
  characters(production: Production, value: unknown): void
  element(production: Production, value: unknown): void
}

export const isFields = (value: unknown): value is ReadonlyFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)

/** The first production that the object can take; the rest of the current list goes first, and nothing is taken twice. */
const codeIn = (state: State, fields: ReadonlyFields, cursor: Cursor): number => {
  const { productions, byName } = state
  const isNext = (name: string) => (name === cursor.name ? cursor.more : isThere(fields[name]) && !cursor.done.has(name))
  if (byName !== undefined) {
    let first = -1
    for (const name in fields) {
      const code = byName.get(name)
      if (code === undefined || !isNext(name)) continue
      if (first < 0 || code < first) first = code
    }
    if (first >= 0) return first
  }
  for (let code = 0; code < productions.length; code++) {
    const { kind, name } = productions[code]!
    if (kind === PRODUCTION.end || kind === PRODUCTION.wildcard || kind === PRODUCTION.mixed) continue
    if (isNext(name)) return code
  }
  return state.end
}

const missing = ({ productions }: State, fields: ReadonlyFields): ExiFault => {
  const names = productions.filter(({ name }) => name !== '').map(({ name }) => name)
  const there = Object.keys(fields).slice(0, 8).join(', ')
  return new ExiFault('missing', `${names.slice(0, 6).join(' or ')} is asked for here; there is ${there || 'nothing'}`)
}

/** Where the walk is in its object: the element last taken, and how many of its list. */
interface Cursor {
  name: string
  index: number
  more: boolean
  /** All that were taken. */
  readonly done: Set<string>
}

const newCursor = (): Cursor => ({ name: '', index: 0, more: false, done: new Set() })

const take = (fields: ReadonlyFields, production: Production, cursor: Cursor): unknown => {
  const { name } = production
  if (cursor.name !== name) {
    if (cursor.more) throw new ExiFault('unexpected', `${cursor.name} is a longer list than the schema allows`)
    cursor.done.add(name)
    cursor.name = name
    cursor.index = 0
  } else cursor.index++
  const value = fields[name]
  if (!production.list) return value
  if (!Array.isArray(value)) throw new ExiFault('type', `${name} is a list`)
  cursor.more = cursor.index + 1 < value.length
  return value[cursor.index]
}

const checkAllTaken = (fields: ReadonlyFields, cursor: Cursor) => {
  if (cursor.more) throw new ExiFault('unexpected', `${cursor.name} is a longer list than the schema allows`)
  if (!hasOnly(fields, cursor.done.size))
    throw new ExiFault('unexpected', `one of ${Object.keys(fields).slice(0, 8).join(', ')} cannot stand here`)
}

/** Walks an object whose children are in the order of its `content`. */
const walkOrdered = (type: ComplexType, fields: ReadonlyFields, visitor: Visitor) => {
  const content = fields.content ?? []
  if (!Array.isArray(content) || !content.every(isFields)) throw new ExiFault('type', 'content is a list of objects')
  const attributes: Record<string, unknown> = {}
  for (const name in fields) if (name !== 'content') attributes[name] = fields[name]
  const cursor = newCursor()
  let state = type.states[0]!
  for (let at = 0; ; ) {
    const child: ReadonlyFields = content[at] ?? {}
    const code = codeIn(state, { ...attributes, ...child }, cursor)
    const production = state.productions[code]
    if (production === undefined) throw missing(state, child)
    visitor.event(code, state)
    if (production.kind === PRODUCTION.end) {
      if (at < content.length) throw new ExiFault('unexpected', `${Object.keys(child).join(', ')} cannot stand here`)
      return checkAllTaken(attributes, cursor)
    }
    if (production.kind === PRODUCTION.attribute) visitor.attribute(production, take(attributes, production, cursor))
    else {
      if (Object.keys(child).length !== 1) throw new ExiFault('type', 'each object of content has one element')
      visitor.element(production, child[production.name])
      at++
    }
    state = production.next!
  }
}

/** Walks an object along the states of its type and tells a visitor what comes. Throws `missing`, `unexpected` or `type`. */
export const walkComplex = (type: ComplexType, value: unknown, visitor: Visitor) => {
  if (!isFields(value)) throw new ExiFault('type', 'an object is asked for')
  if (type.ordered) return walkOrdered(type, value, visitor)
  const cursor = newCursor()
  let state = type.states[0]!
  let left = state.limit
  for (;;) {
    const code = codeIn(state, value, cursor)
    const production = state.productions[code]
    if (production === undefined) throw missing(state, value)
    if (production.kind === PRODUCTION.end) {
      checkAllTaken(value, cursor)
      return visitor.event(code, state)
    }
    visitor.event(code, state)
    const taken = take(value, production, cursor)
    if (production.kind === PRODUCTION.element) visitor.element(production, taken)
    else if (production.kind === PRODUCTION.attribute) visitor.attribute(production, taken)
    else visitor.characters(production, taken)
    if (code < state.loops && state.limit > 0 && --left > 0) continue
    state = code < state.loops ? (state.after ?? state) : production.next!
    left = state.limit
  }
}
