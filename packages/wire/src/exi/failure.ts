/** What can be wrong with an EXI body, an object to be encoded, or an XML text. */
export type ExiCode =
  /** The first byte is not that of EXI 1.0 without options. */
  | 'header'
  /** The body ends in the middle of something. */
  | 'truncated'
  /** An event code that the grammar does not have here. */
  | 'event'
  /** An event that a schema-valid document cannot have (second-level code), other than an empty value. */
  | 'deviation'
  /** Content under a wildcard of the schema, or text between elements: no V2G message has any. */
  | 'wildcard'
  /** A value outside of what its datatype can hold. */
  | 'range'
  /** A string or binary value said to be longer than what is left of the body. */
  | 'length'
  /** A text or binary value of an object to be encoded that is longer or shorter than its type allows, or not of its form (Id, URI). */
  | 'facet'
  /** Not a Unicode character. */
  | 'character'
  /** A string table entry that does not exist. */
  | 'partition'
  /** Repeated string table entries that would make a small body a large text. */
  | 'expansion'
  /** Elements nested deeper than any message is. */
  | 'depth'
  /** The value has another type than the schema asks for. */
  | 'type'
  /** The grammar asks for something that the object lacks. */
  | 'missing'
  /** The object has something that the grammar does not allow here. */
  | 'unexpected'
  /** No such element can stand at the root. */
  | 'root'
  /** The text is not well-formed XML, or has what no EXI profile of a message keeps (a document type). */
  | 'xml'

/** A coded refusal. `bitOffset` counts from the start of the body, or is where encoding had come to; `path` is `/V2G_Message/Body/...`. */
export interface ExiFailure {
  readonly code: ExiCode
  readonly message: string
  readonly bitOffset: number
  readonly path: string
}

/** What was read although the schema does not allow it; written again, it would be refused as `facet`. */
export interface ExiDeviation {
  readonly message: string
  readonly bitOffset: number
  readonly path: string
}

/** The path of an element or attribute as it is told: `/V2G_Message/Body/...`. */
export const pathOf = (names: readonly string[], depth: number): string => `/${names.slice(0, depth).join('/')}`

/** Carries a refusal to the door, where it becomes a `Result`; never seen outside. */
export class ExiFault extends Error {
  readonly code: ExiCode

  constructor(code: ExiCode, message: string) {
    super(message)
    this.code = code
  }
}
