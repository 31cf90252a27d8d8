import type { SimpleTable } from '../../packages/wire/src/exi/grammar-tables.ts'

/** An element as it may stand somewhere: a name and a type. */
export interface ElementModel {
  readonly name: string
  readonly uri: string
  readonly abstract: boolean
  readonly type: SimpleTable | ComplexModel
}

export interface AttributeModel {
  readonly name: string
  readonly uri: string
  readonly required: boolean
  readonly type: SimpleTable
}

/** What may stand in a place, `min` to `max` times (Infinity: unbounded). */
export type Particle = { readonly min: number; readonly max: number } & (
  | { readonly kind: 'element'; readonly members: readonly ElementModel[] }
  | { readonly kind: 'any' }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Particle[] }
)

/** A type with attributes or children. `text` is the datatype of simple content. Filled after it is made, because types can name themselves. */
export interface ComplexModel {
  readonly name: string
  abstract: boolean
  mixed: boolean
  attributes: readonly AttributeModel[]
  content: readonly Particle[]
  text: SimpleTable | undefined
}

export const isComplex = (type: SimpleTable | ComplexModel): type is ComplexModel => !Array.isArray(type)

/** EXI's order of names: by local name, then by namespace, code point by code point. */
export const byName = (a: { readonly name: string; readonly uri: string }, b: { readonly name: string; readonly uri: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0
