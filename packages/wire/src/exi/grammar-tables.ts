/**
 * The form of the generated grammar modules (`tools/exi-compiler`): plain arrays, so that they are small and read fast.
 * `linkGrammar` turns them into the objects that encoder and decoder walk.
 */
export interface GrammarTables {
  readonly uris: readonly string[]
  readonly simple: readonly SimpleTable[]
  readonly attributes: readonly (readonly [name: string, uri: number, simple: number])[]
  /** `type` is an index into `types`, or -1 - index into `simple`. */
  readonly elements: readonly (readonly [name: string, uri: number, type: number])[]
  readonly types: readonly TypeTable[]
  /** Global elements in the order of their event codes. */
  readonly documents: readonly number[]
  /** Every element name in the order of its event code. */
  readonly fragments: readonly number[]
}

/** A datatype as it is coded, with its facets; `min` and `max` are values of numbers, characters of strings, bytes of binary. */
export type SimpleTable =
  | readonly ['boolean']
  | readonly ['enum', ...values: string[]]
  /** n-bit unsigned integer: the offset from `min`. */
  | readonly ['bits', min: number, max: number]
  | readonly ['unsigned', min: number, max: number]
  | readonly ['integer', min: number, max: number]
  | readonly ['unsignedLong']
  | readonly ['long']
  | readonly ['big']
  | readonly ['base64' | 'hex', min: number, max: number]
  | readonly ['string', min: number, max: number, form?: TextForm]

/** What a text has to be besides its length: an `xs:ID`, a name that stands once in a document, or an `xs:anyURI`. */
export type TextForm = 'id' | 'uri'

export interface TypeTable {
  /** 1: a group of different elements repeats, so the order of children is part of the value. */
  readonly ordered?: 1
  /** Indices into `elements` of those that can occur more than once. */
  readonly lists?: readonly number[]
  /** The first is where the type begins. */
  readonly states: readonly StateTable[]
}

/**
 * `loops` productions in front lead back to this state, `limit` times (0: for ever), then to state `after`.
 * Then triples: kind of production, what it is of, the state that follows.
 */
export type StateTable = readonly [loops: number, limit: number, after: number, ...productions: number[]]

/** Kinds of productions, in the order of EXI 1.0 section 8.5.4.1.3 (event code assignment). */
export const PRODUCTION = {
  /** of an index into `attributes` */
  attribute: 0,
  /** of an index into `elements` */
  element: 1,
  /** SE(*): a wildcard of the schema */
  wildcard: 2,
  end: 3,
  /** of an index into `simple` */
  characters: 4,
  /** Text between the elements of a mixed type. */
  mixed: 5,
} as const
