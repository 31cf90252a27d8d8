import type { Fields } from '../decode.ts'
import { breachOf } from '../facets.ts'
import { type ExiDeviation, ExiFault, pathOf } from '../failure.ts'
import type { ComplexType, Production, RootTable, State } from '../grammar.ts'
import { PRODUCTION } from '../grammar-tables.ts'
import type { SimpleValue } from '../read-simple.ts'
import type { SimpleType } from '../simple-type.ts'
import { parseXml, type XmlAttribute, type XmlElement } from './parse-xml.ts'
import { valueOfText } from './simple-text.ts'

const XSI = 'http://www.w3.org/2001/XMLSchema-instance'

const textOf = ({ name, children }: XmlElement): string => {
  const [text = '', ...more] = children
  if (typeof text !== 'string' || more.length > 0) throw new ExiFault('unexpected', `${name} has no children`)
  return text
}

/** A text that is being read: the names of what is open, and what was odd. */
export interface Reading {
  readonly path: string[]
  readonly deviations: ExiDeviation[]
  /** Those that stood before. */
  readonly ids: Set<string>
}

/** Lenient in: a value of a length or form that the schema does not allow is read, and told. */
const readValue = (text: string, type: SimpleType, { path, deviations, ids }: Reading): SimpleValue => {
  const value = valueOfText(text, type)
  const breach = breachOf(value, type, ids)
  if (breach !== undefined) deviations.push({ message: breach, bitOffset: 0, path: pathOf(path, path.length) })
  return value
}

/** Where a walk along the states of a type has come to. */
interface Walk {
  state: State
  left: number
}

const step = (walk: Walk, code: number) => {
  const { state } = walk
  if (code < state.loops && state.limit > 0 && --walk.left > 0) return
  walk.state = code < state.loops ? (state.after ?? state) : state.productions[code]!.next!
  walk.left = walk.state.limit
}

const codeOf = ({ productions }: State, kind: number, { name, uri }: { readonly name: string; readonly uri: string }): number =>
  productions.findIndex((one) => one.kind === kind && one.name === name && one.uri === uri)

const readAttributes = (walk: Walk, attributes: readonly XmlAttribute[], fields: Fields, reading: Reading) => {
  const open = attributes.filter(({ uri }) => uri !== XSI)
  for (let taken = 0; taken < open.length; taken++) {
    const { productions } = walk.state
    const code = productions.findIndex(
      ({ kind, name, uri }) => kind === PRODUCTION.attribute && open.some((one) => one.name === name && one.uri === uri),
    )
    const production = productions[code]
    if (production === undefined)
      throw new ExiFault('unexpected', `${open.map(({ name }) => name).join(', ')}: not all of them are its attributes`)
    const { value } = open.find(({ name, uri }) => name === production.name && uri === production.uri)!
    reading.path.push(production.attributePath)
    fields[production.name] = readValue(value, production.simple!, reading)
    reading.path.pop()
    step(walk, code)
  }
}

const addChild = (type: ComplexType, fields: Fields, { name, list }: Production, value: unknown) => {
  const key = type.ordered ? 'content' : name
  const item = type.ordered ? { [name]: value } : value
  const items = fields[key] as unknown[] | undefined
  if (!type.ordered && !list) fields[key] = value
  else if (items === undefined) fields[key] = [item]
  else items.push(item)
}

const checkEnd = ({ state }: Walk) => {
  if (state.productions.some(({ kind }) => kind === PRODUCTION.end)) return
  const names = state.productions.map(({ name }) => name).filter((name) => name !== '')
  throw new ExiFault('missing', `${names.slice(0, 6).join(' or ')} is asked for here`)
}

const readComplex = (type: ComplexType, element: XmlElement, reading: Reading): Fields => {
  const fields: Fields = {}
  const walk: Walk = { state: type.states[0]!, left: type.states[0]!.limit }
  readAttributes(walk, element.attributes, fields, reading)
  const text = walk.state.productions.find(({ kind }) => kind === PRODUCTION.characters)
  if (text !== undefined) return { ...fields, value: readValue(textOf(element), text.simple!, reading) }
  for (const child of element.children) {
    if (typeof child === 'string') {
      if (child.trim() === '') continue
      throw new ExiFault('wildcard', `text in ${element.name}`)
    }
    const code = codeOf(walk.state, PRODUCTION.element, child)
    const production = walk.state.productions[code]
    if (production === undefined) throw new ExiFault('unexpected', `{${child.uri}}${child.name} cannot stand here`)
    addChild(type, fields, production, readElement(production, child, reading))
    step(walk, code)
  }
  checkEnd(walk)
  return fields
}

const readElement = (production: Production, element: XmlElement, reading: Reading): unknown => {
  const { name, simple, complex } = production
  reading.path.push(name)
  if (simple !== undefined && element.attributes.some(({ uri }) => uri !== XSI))
    throw new ExiFault('unexpected', `${name} has no attributes`)
  const value = simple !== undefined ? readValue(textOf(element), simple, reading) : readComplex(complex!, element, reading)
  reading.path.pop()
  return value
}

/** Reads an XML text into the object that its EXI body would be. Throws ExiFault. */
export const readXmlDocument = (
  text: string,
  { roots }: RootTable,
  reading: Reading,
): { readonly root: string; readonly value: unknown } => {
  const element = parseXml(text)
  const root = roots.find(({ name, uri }) => name === element.name && uri === element.uri)
  if (root === undefined) throw new ExiFault('root', `{${element.uri}}${element.name} cannot stand at the root`)
  return { root: root.key, value: readElement(root, element, reading) }
}
