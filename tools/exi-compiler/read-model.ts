import type { SimpleTable } from '../../packages/wire/src/exi/grammar-tables.ts'
import type { XmlElement } from '../../packages/wire/src/exi/xml/parse-xml.ts'
import { type AttributeModel, byName, type ComplexModel, type ElementModel, isComplex, type Particle } from './model.ts'
import { attributeOf, clark, type Declaration, inside, partsOf, qnameIn, type SchemaSet, XSD } from './schema-set.ts'
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

const ANY_TYPE = clark(XSD, 'anyType')
const splitClark = (name: string) => ({ uri: name.slice(1, name.indexOf('}')), name: name.slice(name.indexOf('}') + 1) })
const timesOf = (node: XmlElement) => {
  const max = attributeOf(node, 'maxOccurs') ?? '1'
  return { min: Number(attributeOf(node, 'minOccurs') ?? '1'), max: max === 'unbounded' ? Number.POSITIVE_INFINITY : Number(max) }
}

/** Reads the declarations of a set into a model with every reference followed. */
export const readModel = (set: SchemaSet): SchemaModel => {
  const complexTypes = new Map<XmlElement, ComplexModel>()
  const elements = new Map<string, ElementModel[]>()

  const remember = (element: ElementModel): ElementModel => {
    const key = clark(element.uri, element.name)
    const known = elements.get(key) ?? []
    elements.set(key, known)
    const isSame = ({ type }: ElementModel) =>
      isComplex(type) || isComplex(element.type) ? type === element.type : JSON.stringify(type) === JSON.stringify(element.type)
    const same = known.find((other) => isSame(other) && other.abstract === element.abstract)
    if (same === undefined) known.push(element)
    return same ?? element
  }

  const attribute = (declaration: Declaration): AttributeModel => {
    const { node, target, qualified } = declaration
    const form = attributeOf(node, 'form')
    const isQualified = form === undefined ? qualified.attributes : form === 'qualified'
    const inline = partsOf(node).find(({ name }) => name === 'simpleType')
    const type = inline
      ? simpleTable(set, { declaration: inside(declaration, inline) })
      : simpleTable(set, { name: qnameIn(node, attributeOf(node, 'type')!) })
    return { name: attributeOf(node, 'name')!, uri: isQualified ? target : '', required: attributeOf(node, 'use') === 'required', type }
  }
  const attributes = (outer: Declaration): readonly AttributeModel[] =>
    partsOf(outer.node)
      .filter(({ name }) => name === 'attribute')
      .map((node) => attribute(inside(outer, node)))

  const typeOf = (declaration: Declaration, fallbackName: string): SimpleTable | ComplexModel => {
    const { node } = declaration
    const named = attributeOf(node, 'type')
    if (named !== undefined) {
      const name = qnameIn(node, named)
      return isSimpleName(set, name) && name !== ANY_TYPE
        ? simpleTable(set, { name })
        : complexType(set.types.get(name)!, splitClark(name).name)
    }
    const inline = partsOf(node)[0]
    if (inline === undefined) throw new Error(`element ${fallbackName} has no type`)
    const inner = inside(declaration, inline)
    return inline.name === 'simpleType' ? simpleTable(set, { declaration: inner }) : complexType(inner, `${fallbackName}Type`)
  }

  const globals = new Map<string, ElementModel>()
  const global = (name: string): ElementModel => {
    const known = globals.get(name)
    if (known !== undefined) return known
    const declaration = set.elements.get(name)
    if (declaration === undefined) throw new Error(`element ${name} is not declared`)
    const names = splitClark(name)
    const made = remember({
      ...names,
      abstract: attributeOf(declaration.node, 'abstract') === 'true',
      type: typeOf(declaration, names.name),
    })
    globals.set(name, made)
    return made
  }

  /** The head of a substitution group and all that stand for it, in the order of their event codes. */
  const substitutes = (head: string): readonly string[] => {
    const direct = [...set.elements].filter(([, { node }]) => {
      const group = attributeOf(node, 'substitutionGroup')
      return group !== undefined && qnameIn(node, group) === head
    })
    return [head, ...direct.flatMap(([name]) => substitutes(name))]
  }

  const local = (declaration: Declaration): ElementModel => {
    const { node, target, qualified } = declaration
    const name = attributeOf(node, 'name')!
    const form = attributeOf(node, 'form')
    const isQualified = form === undefined ? qualified.elements : form === 'qualified'
    return remember({ name, uri: isQualified ? target : '', abstract: false, type: typeOf(declaration, name) })
  }

  const particle = (declaration: Declaration): Particle => {
    const { node } = declaration
    const times = timesOf(node)
    if (node.name === 'any') return { ...times, kind: 'any' }
    if (node.name === 'sequence' || node.name === 'choice')
      return { ...times, kind: node.name, parts: partsOf(node).map((part) => particle(inside(declaration, part))) }
    if (node.name !== 'element') throw new Error(`${node.name} in a content model is not known to this compiler`)
    const ref = attributeOf(node, 'ref')
    if (ref === undefined) return { ...times, kind: 'element', members: [local(declaration)] }
    return { ...times, kind: 'element', members: substitutes(qnameIn(node, ref)).map(global).sort(byName) }
  }
  const particles = (outer: Declaration): readonly Particle[] =>
    partsOf(outer.node)
      .filter(({ name }) => name !== 'attribute')
      .map((node) => particle(inside(outer, node)))

  const fill = (model: ComplexModel, declaration: Declaration) => {
    const { node } = declaration
    model.abstract = attributeOf(node, 'abstract') === 'true'
    model.mixed = attributeOf(node, 'mixed') === 'true'
    const content = partsOf(node)[0]
    if (content?.name !== 'complexContent' && content?.name !== 'simpleContent') {
      model.attributes = attributes(declaration)
      model.content = particles(declaration)
      return
    }
    const derivation = partsOf(content)[0]!
    const inner = inside(declaration, derivation)
    if (derivation.name !== 'extension') throw new Error(`${derivation.name} of ${model.name} is not known to this compiler`)
    const base = qnameIn(derivation, attributeOf(derivation, 'base')!)
    if (isSimpleName(set, base)) {
      model.text = simpleTable(set, { name: base })
      model.attributes = attributes(inner)
      return
    }
    const inherited = complexType(set.types.get(base)!, splitClark(base).name)
    model.text = inherited.text
    model.mixed ||= inherited.mixed
    model.attributes = [...inherited.attributes, ...attributes(inner)]
    model.content = [...inherited.content, ...particles(inner)]
  }

  const complexType = (declaration: Declaration, name: string): ComplexModel => {
    const known = complexTypes.get(declaration.node)
    if (known !== undefined) return known
    const model: ComplexModel = { name, abstract: false, mixed: false, attributes: [], content: [], text: undefined }
    complexTypes.set(declaration.node, model)
    fill(model, declaration)
    return model
  }

  const documents = [...set.elements.keys()].map(global).sort(byName)
  // Types that no element has are part of the set's elements too: their local elements are names of the fragment grammar.
  for (const [name, declaration] of set.types) if (declaration.node.name === 'complexType') complexType(declaration, splitClark(name).name)
  const declared = [...complexTypes.values()].flatMap((type) => type.attributes)
  const attributeNames = new Map(declared.map((one) => [clark(one.uri, one.name), one]))
  return { documents, elements: [...elements.values()].flat().sort(byName), attributes: [...attributeNames.values()].sort(byName) }
}
