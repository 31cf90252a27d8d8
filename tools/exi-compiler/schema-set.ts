import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseXml, type XmlElement } from '../../packages/wire/src/exi/xml/parse-xml.ts'

export const XSD = 'http://www.w3.org/2001/XMLSchema'

/** A declaration with the namespace and the defaults of the document it stands in. */
export interface Declaration {
  readonly node: XmlElement
  readonly target: string
  readonly qualified: { readonly elements: boolean; readonly attributes: boolean }
}

/** Every global declaration that is reached from one entry document, by Clark name. */
export interface SchemaSet {
  readonly elements: ReadonlyMap<string, Declaration>
  readonly types: ReadonlyMap<string, Declaration>
}

export const clark = (uri: string, name: string): string => `{${uri}}${name}`

export const attributeOf = ({ attributes }: XmlElement, name: string): string | undefined =>
  attributes.find((attribute) => attribute.uri === '' && attribute.name === name)?.value

/** The children that are of XML Schema, without annotations. */
export const partsOf = ({ children }: XmlElement): readonly XmlElement[] =>
  children.filter((child): child is XmlElement => typeof child !== 'string' && child.uri === XSD && child.name !== 'annotation')

/** The Clark name that a `type="p:name"` means where it stands. */
export const qnameIn = ({ namespaces }: XmlElement, value: string): string => {
  const [first = '', second] = value.split(':')
  const uri = namespaces[second === undefined ? '' : first]
  if (uri === undefined) throw new Error(`prefix of ${value} is not declared`)
  return clark(uri, second ?? first)
}

/** A declaration inside another one. */
export const inside = (outer: Declaration, node: XmlElement): Declaration => ({ ...outer, node })

/** Reads an entry document and all that it imports or includes. */
export const readSchemaSet = (entry: string): SchemaSet => {
  const elements = new Map<string, Declaration>()
  const types = new Map<string, Declaration>()
  const seen = new Set<string>()
  const read = (path: string) => {
    if (seen.has(path)) return
    seen.add(path)
    const schema = parseXml(readFileSync(path, 'utf8'))
    const target = attributeOf(schema, 'targetNamespace') ?? ''
    const isQualified = (name: string) => attributeOf(schema, name) === 'qualified'
    const qualified = { elements: isQualified('elementFormDefault'), attributes: isQualified('attributeFormDefault') }
    for (const node of partsOf(schema)) {
      const location = attributeOf(node, 'schemaLocation')
      if (node.name === 'import' || node.name === 'include') {
        if (location !== undefined) read(join(dirname(path), location))
        continue
      }
      const name = attributeOf(node, 'name') ?? ''
      if (node.name === 'element') elements.set(clark(target, name), { node, target, qualified })
      else if (node.name === 'complexType' || node.name === 'simpleType') types.set(clark(target, name), { node, target, qualified })
      else throw new Error(`${path}: ${node.name} at the top is not known to this compiler`)
    }
  }
  read(entry)
  return { elements, types }
}
