import type { SimpleTable } from '../../packages/wire/src/exi/grammar-tables.ts'
import { fieldsOf, isOrdered } from './emit-grammar.ts'
import { type ComplexModel, type ElementModel, isComplex } from './model.ts'
import type { SchemaModel } from './read-model.ts'
import { fragmentNames, relaxedType } from './relaxed.ts'

const scalar = (table: SimpleTable): string => {
  const [kind] = table
  if (kind === 'enum')
    return table
      .slice(1)
      .map((value) => `'${value}'`)
      .join(' | ')
  if (kind === 'boolean' || kind === 'string') return kind
  if (kind === 'base64' || kind === 'hex') return 'Uint8Array'
  return kind === 'unsignedLong' || kind === 'long' || kind === 'big' ? 'bigint' : 'number'
}

const FORMS = { id: 'A name (NCName) that is no other Id of the message.', uri: 'A URI.' } as const

/** The form and length that a text or binary value may have, as a comment; nothing where any will do. */
const boundsOf = (table: SimpleTable): string => {
  const [kind, min, max] = table
  if (kind !== 'string' && kind !== 'base64' && kind !== 'hex') return ''
  const form = kind === 'string' && table[3] !== undefined ? [FORMS[table[3]]] : []
  const unit = kind === 'string' ? 'characters' : 'bytes'
  const length = min === 0 && max === -1 ? [] : [`${max === -1 ? `At least ${min}` : min === max ? min : `${min} to ${max}`} ${unit}.`]
  const bounds = [...form, ...length]
  return bounds.length === 0 ? '' : `  /** ${bounds.join(' ')} */\n`
}

const property = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`)

/** The plain objects of a set as TypeScript, with the maps of its documents and fragments. */
export const emitTypes = (model: SchemaModel): string => {
  const names = new Map<ComplexModel, string>()
  const taken = new Set<string>(['Documents', 'Fragments'])
  const nameOf = (type: ComplexModel): string => {
    const known = names.get(type)
    if (known !== undefined) return known
    const plain = type.name[0]!.toUpperCase() + type.name.slice(1).replaceAll(/[^\w]/g, '_')
    let name = plain
    for (let number = 2; taken.has(name); number++) name = `${plain}${number}`
    taken.add(name)
    names.set(type, name)
    return name
  }
  const typeText = ({ type }: ElementModel): string => (isComplex(type) ? nameOf(type) : scalar(type))
  const listed = (text: string): string => (/^[\w]+$/.test(text) ? `readonly ${text}[]` : `readonly (${text})[]`)

  const interfaceOf = (type: ComplexModel): string => {
    const lines: string[] = type.attributes.map(
      ({ name, required, type: value }) => `${boundsOf(value)}  readonly ${property(name)}${required ? '' : '?'}: ${scalar(value)}`,
    )
    const fields = fieldsOf(type).filter(({ element }) => !element.abstract && !(isComplex(element.type) && element.type.abstract))
    if (type.text !== undefined) lines.push(`${boundsOf(type.text)}  readonly value: ${scalar(type.text)}`)
    if (isOrdered(type)) {
      const ways = fields.map(({ element }) => `{ readonly ${property(element.name)}: ${typeText(element)} }`)
      if (ways.length > 0) lines.push(`  readonly content?: readonly (${ways.join(' | ')})[]`)
    } else
      for (const { element, optional, list } of fields)
        lines.push(
          `${isComplex(element.type) ? '' : boundsOf(element.type)}  readonly ${property(element.name)}${optional ? '?' : ''}: ${list ? listed(typeText(element)) : typeText(element)}`,
        )
    return lines.length === 0
      ? `export type ${nameOf(type)} = Readonly<Record<string, never>>`
      : `export interface ${nameOf(type)} {\n${lines.join('\n')}\n}`
  }
  const isConcrete = ({ abstract, type }: ElementModel) => !abstract && !(isComplex(type) && type.abstract)
  const mapOf = (name: string, roots: readonly ElementModel[]): string => {
    const lines = roots.filter(isConcrete).map((root) => {
      const isAlone = roots.filter((other) => other.name === root.name).length === 1
      return `  readonly ${isAlone ? property(root.name) : `'{${root.uri}}${root.name}'`}: ${typeText(root)}`
    })
    return `export interface ${name} {\n${lines.join('\n')}\n}`
  }

  const fragments = fragmentNames(model).map((same) => (same.length === 1 ? same[0]! : { ...same[0]!, type: relaxedType(same) }))
  const parts = [mapOf('Documents', model.documents), mapOf('Fragments', fragments)]
  const done = new Set<ComplexModel>()
  // Naming a type while another is written adds it to the list.
  for (let open = [...names.keys()]; open.length > 0; open = [...names.keys()].filter((type) => !done.has(type)))
    for (const type of open) {
      done.add(type)
      parts.push(interfaceOf(type))
    }
  return parts.join('\n\n')
}
