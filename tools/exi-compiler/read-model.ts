import type { SimpleTable } from '../../packages/wire/src/exi/grammar-tables.ts'
import type { XmlElement } from '../../packages/wire/src/exi/xml/parse-xml.ts'
import { type AttributeModel, byName, type ComplexModel, type ElementModel, isComplex, type Particle } from './model.ts'
import { attributeOf, clark, type Declaration, inside, partsOf, qnameIn, type SchemaSet } from './schema-set.ts'
import { isSimpleName, simpleTable } from './simple-types.ts'

/** Everything that can be encoded with a schema set. */
export interface SchemaModel {
  /** Global elements. */
  readonly documents: readonly ElementModel[]
  /** Global and local elements, one for each name and type. */
  readonly elements: readonly ElementModel[]
  /** Every attribute name, once. */
  readonly attributes: readonly AttributeModel[]
}

/** A set that is being read, with what was read of it: types and elements name each other in circles. */
interface Reading {
  readonly set: SchemaSet
  readonly types: Map<XmlElement, ComplexModel>
  readonly elements: Map<string, ElementModel[]>
  readonly globals: Map<string, ElementModel>
}

const splitClark = (name: string) => ({ uri: name.slice(1, name.indexOf('}')), name: name.slice(name.indexOf('}') + 1) })
const timesOf = (node: XmlElement) => {
  const max = attributeOf(node, 'maxOccurs') ?? '1'
  return { min: Number(attributeOf(node, 'minOccurs') ?? '1'), max: max === 'unbounded' ? Number.POSITIVE_INFINITY : Number(max) }
}

/** The namespace of a local declaration: that of its document where the form is qualified. */
const namespaceOf = ({ node, target, qualified }: Declaration): string => {
  const form = attributeOf(node, 'form')
  const byDefault = node.name === 'attribute' ? qualified.attributes : qualified.elements
  return (form === undefined ? byDefault : form === 'qualified') ? target : ''
}

/** One model for each name and type, however often it is declared. */
const remember = ({ elements }: Reading, element: ElementModel): ElementModel => {
  const key = clark(element.uri, element.name)
  const known = elements.get(key) ?? []
  elements.set(key, known)
  const isSame = ({ type }: ElementModel) =>
    isComplex(type) || isComplex(element.type) ? type === element.type : JSON.stringify(type) === JSON.stringify(element.type)
  const same = known.find((other) => isSame(other) && other.abstract === element.abstract)
  if (same === undefined) known.push(element)
  return same ?? element
}

const attributesOf = ({ set }: Reading, outer: Declaration): readonly AttributeModel[] =>
  partsOf(outer.node)
    .filter(({ name }) => name === 'attribute')
    .map((node) => {
      const declaration = inside(outer, node)
      const inline = partsOf(node).find(({ name }) => name === 'simpleType')
      const named = attributeOf(node, 'type')
      if (inline === undefined && named === undefined) throw new Error('an attribute without a type is not known to this compiler')
      const type = simpleTable(set, inline ? { declaration: inside(declaration, inline) } : { name: qnameIn(node, named!) })
      return { name: attributeOf(node, 'name')!, uri: namespaceOf(declaration), required: attributeOf(node, 'use') === 'required', type }
    })

const namedComplexType = (reading: Reading, name: string): ComplexModel => {
  const declaration = reading.set.types.get(name)
  if (declaration === undefined) throw new Error(`type ${name} is not declared`)
  return complexType(reading, declaration, splitClark(name).name)
}

const typeOf = (reading: Reading, declaration: Declaration, elementName: string): SimpleTable | ComplexModel => {
  const { node } = declaration
  const named = attributeOf(node, 'type')
  if (named !== undefined) {
    const name = qnameIn(node, named)
    return isSimpleName(reading.set, name) ? simpleTable(reading.set, { name }) : namedComplexType(reading, name)
  }
  const inline = partsOf(node)[0]
  if (inline === undefined) throw new Error(`element ${elementName} has no type`)
  const inner = inside(declaration, inline)
  return inline.name === 'simpleType' ? simpleTable(reading.set, { declaration: inner }) : complexType(reading, inner, `${elementName}Type`)
}

const globalElement = (reading: Reading, name: string): ElementModel => {
  const known = reading.globals.get(name)
  if (known !== undefined) return known
  const declaration = reading.set.elements.get(name)
  if (declaration === undefined) throw new Error(`element ${name} is not declared`)
  const names = splitClark(name)
  const type = typeOf(reading, declaration, names.name)
  const made = remember(reading, { ...names, abstract: attributeOf(declaration.node, 'abstract') === 'true', type })
  reading.globals.set(name, made)
  return made
}

const localElement = (reading: Reading, declaration: Declaration): ElementModel => {
  const name = attributeOf(declaration.node, 'name')!
  return remember(reading, { name, uri: namespaceOf(declaration), abstract: false, type: typeOf(reading, declaration, name) })
}

/** The head of a substitution group and all that stand for it, however far. */
const substitutesOf = (set: SchemaSet, head: string): readonly string[] => {
  const direct = [...set.elements].filter(([, { node }]) => {
    const group = attributeOf(node, 'substitutionGroup')
    return group !== undefined && qnameIn(node, group) === head
  })
  return [head, ...direct.flatMap(([name]) => substitutesOf(set, name))]
}

const particleOf = (reading: Reading, declaration: Declaration): Particle => {
  const { node } = declaration
  const times = timesOf(node)
  if (node.name === 'any') return { ...times, kind: 'any' }
  if (node.name === 'sequence' || node.name === 'choice')
    return { ...times, kind: node.name, parts: partsOf(node).map((part) => particleOf(reading, inside(declaration, part))) }
  if (node.name !== 'element') throw new Error(`${node.name} in a content model is not known to this compiler`)
  const ref = attributeOf(node, 'ref')
  if (ref === undefined) return { ...times, kind: 'element', members: [localElement(reading, declaration)] }
  const members = substitutesOf(reading.set, qnameIn(node, ref)).map((name) => globalElement(reading, name))
  return { ...times, kind: 'element', members: members.sort(byName) }
}

const particlesOf = (reading: Reading, outer: Declaration): readonly Particle[] =>
  partsOf(outer.node)
    .filter(({ name }) => name !== 'attribute')
    .map((node) => particleOf(reading, inside(outer, node)))

/** Base content comes first, then that of the extension. */
const extend = (reading: Reading, model: ComplexModel, extension: Declaration) => {
  const { node } = extension
  if (node.name !== 'extension') throw new Error(`${node.name} of ${model.name} is not known to this compiler`)
  const base = qnameIn(node, attributeOf(node, 'base')!)
  model.attributes = attributesOf(reading, extension)
  if (isSimpleName(reading.set, base)) {
    model.text = simpleTable(reading.set, { name: base })
    return
  }
  const inherited = namedComplexType(reading, base)
  model.text = inherited.text
  model.mixed ||= inherited.mixed
  model.attributes = [...inherited.attributes, ...model.attributes]
  model.content = [...inherited.content, ...particlesOf(reading, extension)]
}

const complexType = (reading: Reading, declaration: Declaration, name: string): ComplexModel => {
  const { node } = declaration
  const known = reading.types.get(node)
  if (known !== undefined) return known
  const isTrue = (attribute: string) => attributeOf(node, attribute) === 'true'
  const model: ComplexModel = { name, abstract: isTrue('abstract'), mixed: isTrue('mixed'), attributes: [], content: [], text: undefined }
  reading.types.set(node, model)
  const content = partsOf(node)[0]
  if (content?.name === 'complexContent' || content?.name === 'simpleContent')
    extend(reading, model, inside(declaration, partsOf(content)[0]!))
  else {
    model.attributes = attributesOf(reading, declaration)
    model.content = particlesOf(reading, declaration)
  }
  return model
}

/** Reads the declarations of a set into a model with every reference followed. */
export const readModel = (set: SchemaSet): SchemaModel => {
  const reading: Reading = { set, types: new Map(), elements: new Map(), globals: new Map() }
  const documents = [...set.elements.keys()].map((name) => globalElement(reading, name)).sort(byName)
  // Types that no element has are part of the set too: their local elements are names of the fragment grammar.
  for (const [name, { node }] of set.types) if (node.name === 'complexType') namedComplexType(reading, name)
  const attributes = new Map([...reading.types.values()].flatMap((type) => type.attributes).map((one) => [clark(one.uri, one.name), one]))
  return { documents, elements: [...reading.elements.values()].flat().sort(byName), attributes: [...attributes.values()].sort(byName) }
}
