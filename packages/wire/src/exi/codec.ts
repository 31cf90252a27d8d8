import { fail, ok, type Result } from '@voltway/units'
import { BitWriter } from './bit-writer.ts'
import { newDecoding, readDocument, readFragmentEnd } from './decode.ts'
import { Encoder } from './encode.ts'
import { type ExiDeviation, type ExiFailure, ExiFault, pathOf } from './failure.ts'
import { type Grammar, linkGrammar, type RootTable } from './grammar.ts'
import type { GrammarTables } from './grammar-tables.ts'
import type { FieldsWriters } from './write-fields.ts'
import { type Reading, readXmlDocument } from './xml/read-document.ts'
import { XmlWriter } from './xml/write-document.ts'

/** An element that is not known by name when the program is written, with its value. */
export interface Rooted {
  readonly root: string
  readonly value: unknown
}

/** A root element and its value. `Roots` maps the names of elements to the types of their values. */
export type RootedIn<Roots> = {
  readonly [Name in keyof Roots & string]: { readonly root: Name; readonly value: Roots[Name] }
}[keyof Roots & string]

/** What was read; `deviations`, where there are any, are lengths and forms of values that the schema does not allow. */
export type Decoded<Document> = Document & { readonly deviations?: readonly ExiDeviation[] }

export interface WriteOptions {
  /**
   * Texts and binary values are written whatever their lengths and forms: for what was received and has to be seen as it is, as by those who check
   * signatures or read captures. Never for a message of one's own.
   */
  readonly lenient?: boolean
}

/** Bytes and XML text to objects and back, of documents or of fragments; lenient in, strict out. Nothing here throws. */
export interface RootCodec<Document> {
  /** A body without V2GTP header. Binary values of more than 64 bytes are views of one buffer, that of this document alone. */
  decode(bytes: Uint8Array): Result<Decoded<Document>, ExiFailure>
  /**
   * A view of a buffer in which other bodies stand, as with Node's own `Buffer`: what is written is never changed afterwards, but who gives
   * the buffer itself away (`transfer`) gives those away, too, and has to `slice()` first.
   */
  encode(document: Document, options?: WriteOptions): Result<Uint8Array, ExiFailure>
  /** Elements in the order of the schema; comments and white space between them are passed over. */
  fromXml(text: string): Result<Decoded<Document>, ExiFailure>
  /** Without XML declaration. */
  toXml(document: Document, options?: WriteOptions): Result<string, ExiFailure>
}

/**
 * The messages of one schema set: EXI 1.0 (W3C Recommendation, 2nd edition), schema-informed, bit-packed, not strict, default options,
 * without value-table references in what is written. `RootCodec<Rooted>` fits any of them.
 */
export interface ExiCodec<Documents, Fragments> {
  /** Whole messages. Bytes behind the document are ignored: cars in the field append some. */
  readonly document: RootCodec<RootedIn<Documents>>
  /** One element with the fragment grammar: what signatures are computed over. */
  readonly fragment: RootCodec<RootedIn<Fragments>>
}

const failureOf = (error: unknown, bitOffset: number, path: string): ExiFailure => {
  if (!(error instanceof ExiFault)) throw error
  return { code: error.code, message: error.message, bitOffset, path }
}

const decodedOf = (document: Rooted, deviations: readonly ExiDeviation[] | undefined): Result<Decoded<Rooted>, never> =>
  ok(deviations === undefined || deviations.length === 0 ? document : { ...document, deviations })

type Tables = () => RootTable

/** The table of one way to begin; the grammar is linked at the first use. */
const rootTables = (tables: GrammarTables, writers: FieldsWriters | undefined): Readonly<Record<'documents' | 'fragments', Tables>> => {
  let linked: Grammar | undefined
  const grammar = () => {
    linked ??= linkGrammar(tables, writers)
    return linked
  }
  return { documents: () => grammar().documents, fragments: () => grammar().fragments }
}

const bytesCodec = (tableOf: Tables, isFragment: boolean): Pick<RootCodec<Rooted>, 'decode' | 'encode'> => {
  const decoding = newDecoding()
  const writer = new BitWriter()
  const encoder = new Encoder(writer)
  return {
    decode: (bytes) => {
      const table = tableOf()
      try {
        const document = readDocument(decoding, bytes, table)
        if (isFragment) readFragmentEnd(decoding, table)
        return decodedOf(document, decoding.deviations)
      } catch (error) {
        return fail(failureOf(error, decoding.reader.position, pathOf(decoding.path, decoding.depth)))
      }
    },
    encode: ({ root, value }, options) => {
      const table = tableOf()
      encoder.lenient = options?.lenient === true
      try {
        encoder.root(table, root, value)
        if (isFragment) writer.bits(table.roots.length + 1, table.width)
        return ok(writer.finish())
      } catch (error) {
        return fail(failureOf(error, writer.position, pathOf(encoder.path, encoder.depth)))
      }
    },
  }
}

const xmlCodec = (tableOf: Tables): Pick<RootCodec<Rooted>, 'fromXml' | 'toXml'> => ({
  fromXml: (text) => {
    const reading: Reading = { path: [], deviations: [], ids: new Set() }
    try {
      return decodedOf(readXmlDocument(text, tableOf(), reading), reading.deviations)
    } catch (error) {
      return fail(failureOf(error, 0, pathOf(reading.path, reading.path.length)))
    }
  },
  toXml: ({ root, value }, options) => {
    const xml = new XmlWriter(options?.lenient === true)
    try {
      return ok(xml.root(tableOf(), root, value))
    } catch (error) {
      return fail(failureOf(error, 0, pathOf(xml.path, xml.path.length)))
    }
  },
})

/** Makes a set's codec of its generated tables and writers; without writers it does the same more slowly. */
export const exiCodec = <Documents, Fragments>(tables: GrammarTables, writers?: FieldsWriters): ExiCodec<Documents, Fragments> => {
  const { documents, fragments } = rootTables(tables, writers)
  return {
    document: { ...bytesCodec(documents, false), ...xmlCodec(documents) } as RootCodec<RootedIn<Documents>>,
    fragment: { ...bytesCodec(fragments, true), ...xmlCodec(fragments) } as RootCodec<RootedIn<Fragments>>,
  }
}
