import { PRODUCTION, type SimpleTable } from '../../packages/wire/src/exi/grammar-tables.ts'
import { type ComplexModel, type ElementModel, isComplex } from './model.ts'
import type { SchemaModel } from './read-model.ts'
import type { ProductionModel, StateModel } from './states.ts'

const TEXT: SimpleTable = ['string', 0, -1]

/** Elements by name, in the order of their event codes as fragments. */
export const fragmentNames = ({ elements }: SchemaModel): readonly (readonly ElementModel[])[] => [
  ...Map.groupBy(elements, ({ name, uri }) => `${name} ${uri}`).values(),
]

/**
 * The type of a fragment whose name is declared with several types: an object with the attributes of any of them and text. In ISO 15118-2
 * that is eMAID, which is signed.
 */
export const relaxedType = (same: readonly ElementModel[]): ComplexModel => {
  const types = same.map(({ type }) => type).filter(isComplex)
  const attributes = types.flatMap((type) => type.attributes).map((one) => ({ ...one, required: false, type: TEXT }))
  return { name: `${same[0]!.name}Fragment`, abstract: false, mixed: false, attributes, content: [], text: TEXT }
}

/** EXI 1.0 section 8.5.3, the element fragment grammar: any attribute, any element or text. Only attributes of the type and text are understood. */
export const relaxedStates = (type: ComplexModel, model: SchemaModel): readonly StateModel[] => {
  const open: ProductionModel = { kind: PRODUCTION.wildcard, of: undefined, next: 0 }
  const attributes = model.attributes.map((one): ProductionModel => {
    const known = type.attributes.find(({ name, uri }) => name === one.name && uri === one.uri)
    return known === undefined ? open : { kind: PRODUCTION.attribute, of: known, next: 0 }
  })
  const content: readonly ProductionModel[] = [
    ...fragmentNames(model).map(() => open),
    open,
    { kind: PRODUCTION.end, of: undefined, next: 0 },
    { kind: PRODUCTION.characters, of: TEXT, next: 1 },
  ]
  const state = (productions: readonly ProductionModel[]): StateModel => ({ loops: 0, limit: 0, after: 0, productions })
  // The second state is after the text: a second one is not understood.
  return [state([...attributes, open, ...content]), state(content.map((one) => (one.kind === PRODUCTION.characters ? open : one)))]
}
