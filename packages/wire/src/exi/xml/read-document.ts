import type { Fields } from '../decode.ts'
import { ExiFault } from '../failure.ts'
import type { ComplexType, Production, RootTable, State } from '../grammar.ts'
import { PRODUCTION } from '../grammar-tables.ts'
import { parseXml, type XmlAttribute, type XmlElement } from './parse-xml.ts'
import { valueOfText } from './simple-text.ts'

const XSI = 'http://www.w3.org/2001/XMLSchema-instance'

const textOf = ({ name, children }: XmlElement): string => {
  const [text = '', ...more] = children
  if (typeof text !== 'string' || more.length > 0) throw new ExiFault('unexpected', `${name} has no children`)
  return text
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

const readAttributes = (walk: Walk, attributes: readonly XmlAttribute[], fields: Fields) => {
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
    fields[production.name] = valueOfText(value, production.simple!)
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

const readComplex = (type: ComplexType, element: XmlElement, path: string[]): Fields => {
  const fields: Fields = {}
  const walk: Walk = { state: type.states[0]!, left: type.states[0]!.limit }
  readAttributes(walk, element.attributes, fields)
  const text = walk.state.productions.find(({ kind }) => kind === PRODUCTION.characters)
  if (text !== undefined) return { ...fields, value: valueOfText(textOf(element), text.simple!) }
  for (const child of element.children) {
    if (typeof child === 'string') {
      if (child.trim() === '') continue
      throw new ExiFault('wildcard', `text in ${element.name}`)
    }
    const code = codeOf(walk.state, PRODUCTION.element, child)
    const production = walk.state.productions[code]
    if (production === undefined) throw new ExiFault('unexpected', `{${child.uri}}${child.name} cannot stand here`)
    addChild(type, fields, production, readElement(production, child, path))
    step(walk, code)
  }
  checkEnd(walk)
  return fields
}

const readElement = (production: Production, element: XmlElement, path: string[]): unknown => {
  const { name, simple, complex } = production
  path.push(name)
  if (simple !== undefined && element.attributes.some(({ uri }) => uri !== XSI))
    throw new ExiFault('unexpected', `${name} has no attributes`)
  const value = simple !== undefined ? valueOfText(textOf(element), simple) : readComplex(complex!, element, path)
  path.pop()
  return value
}

/** Reads an XML text into the object that its EXI body would be. Throws ExiFault. */
export const readXmlDocument = (text: string, { roots }: RootTable, path: string[]): { readonly root: string; readonly value: unknown } => {
  const element = parseXml(text)
  const root = roots.find(({ name, uri }) => name === element.name && uri === element.uri)
  if (root === undefined) throw new ExiFault('root', `{${element.uri}}${element.name} cannot stand at the root`)
  return { root: root.key, value: readElement(root, element, path) }
}
