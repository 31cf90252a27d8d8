import {
  type GrammarTables,
  PRODUCTION,
  type SimpleTable,
  type StateTable,
  type TypeTable,
} from '../../packages/wire/src/exi/grammar-tables.ts'
import { type AttributeModel, type ComplexModel, type ElementModel, isComplex, type Particle } from './model.ts'
import type { SchemaModel } from './read-model.ts'
import { fragmentNames, relaxedStates, relaxedType } from './relaxed.ts'
import { type ProductionModel, statesOf } from './states.ts'

/** Numbers things in the order in which they are met. */
const numbering = <Thing>(keyOf: (thing: Thing) => unknown) => {
  const numbers = new Map<unknown, number>()
  const things: Thing[] = []
  const of = (thing: Thing): number => {
    const key = keyOf(thing)
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, things.length)
    return things.push(thing) - 1
  }
  return { of, things }
}

/** Whether a group of several elements, or of anything, repeats: then the order of children is part of the value. */
export const isOrdered = ({ content }: ComplexModel): boolean => {
  const repeats = (particle: Particle, again: boolean): boolean => {
    const many = again || particle.max > 1
    if (particle.kind === 'element') return again
    return particle.kind !== 'any' && particle.parts.some((part) => repeats(part, many))
  }
  return content.some((particle) => repeats(particle, false))
}

export interface Field {
  readonly element: ElementModel
  readonly optional: boolean
  readonly list: boolean
}

/** The children of a type by name, as the fields of an object. */
export const fieldsOf = (type: ComplexModel): readonly Field[] => {
  const fields: Field[] = []
  const visit = (particle: Particle, optional: boolean) => {
    const open = optional || particle.min === 0
    if (particle.kind === 'element') {
      const stands = particle.members.filter((member) => !member.abstract && !(isComplex(member.type) && member.type.abstract))
      fields.push(...particle.members.map((element) => ({ element, optional: open || stands.length > 1, list: particle.max > 1 })))
    } else if (particle.kind !== 'any') for (const part of particle.parts) visit(part, open || particle.kind === 'choice')
  }
  for (const particle of type.content) visit(particle, false)
  const byElement = new Map<ElementModel, Field>()
  for (const field of fields) {
    const known = byElement.get(field.element)
    byElement.set(field.element, known ? { ...field, optional: true, list: known.list || field.list } : field)
  }
  const distinct = [...byElement.values()]
  const names = [...distinct.map(({ element }) => element.name), ...type.attributes.map(({ name }) => name)]
  if (new Set(names).size !== names.length) throw new Error(`${type.name} has two fields of one name`)
  return distinct
}

/** The tables of a set, for `linkGrammar`. */
export const emitGrammar = (model: SchemaModel): GrammarTables => {
  const uris = numbering((uri: string) => uri)
  const simple = numbering((table: SimpleTable) => JSON.stringify(table))
  const attributes = numbering(({ name, uri, type }: AttributeModel) => JSON.stringify([name, uri, type]))
  const elements = numbering((element: ElementModel) => element)
  const types = numbering((type: ComplexModel) => type)

  const relaxed = new Set<ComplexModel>()
  const fragmentOf = (same: readonly ElementModel[]): ElementModel => {
    if (same.length === 1) return same[0]!
    const type = relaxedType(same)
    relaxed.add(type)
    return { ...same[0]!, type }
  }
  const documents = model.documents.map(elements.of)
  const fragments = fragmentNames(model).map((same) => elements.of(fragmentOf(same)))

  const ofProduction = ({ kind, of }: ProductionModel): number => {
    if (kind === PRODUCTION.attribute) return attributes.of(of as AttributeModel)
    if (kind === PRODUCTION.element) return elements.of(of as ElementModel)
    return kind === PRODUCTION.characters ? simple.of(of as SimpleTable) : 0
  }
  const typeTable = (type: ComplexModel): TypeTable => {
    const models = relaxed.has(type) ? relaxedStates(type, model) : statesOf(type)
    const states = models.map(
      ({ loops, limit, after, productions }): StateTable => [
        loops,
        limit,
        after,
        ...productions.flatMap((one) => [one.kind, ofProduction(one), one.next]),
      ],
    )
    const lists = fieldsOf(type)
      .filter(({ list }) => list)
      .map(({ element }) => elements.of(element))
    return {
      ...(isOrdered(type) ? { ordered: 1 } : {}),
      ...(lists.length > 0 && !isOrdered(type) ? { lists } : {}),
      states,
    }
  }
  // Elements name types, and types elements: each list grows while the other is gone through.
  const typeTables: TypeTable[] = []
  const elementTables: GrammarTables['elements'][number][] = []
  while (elementTables.length < elements.things.length || typeTables.length < types.things.length) {
    for (let at = elementTables.length; at < elements.things.length; at++) {
      const { name, uri, type } = elements.things[at]!
      const number = isComplex(type) ? types.of(type) : -1 - simple.of(type)
      elementTables.push([name, uris.of(uri), number])
    }
    for (let at = typeTables.length; at < types.things.length; at++) typeTables.push(typeTable(types.things[at]!))
  }
  const attributeTables = attributes.things.map(({ name, uri, type }) => [name, uris.of(uri), simple.of(type)] as const)
  return {
    uris: uris.things,
    simple: simple.things,
    attributes: attributeTables,
    elements: elementTables,
    types: typeTables,
    documents,
    fragments,
  }
}
