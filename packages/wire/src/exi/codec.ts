import { fail, ok, type Result } from '@voltway/units'
import { BitWriter } from './bit-writer.ts'
import { decodingOf, readDocument, readFragmentEnd } from './decode.ts'
import { Encoder } from './encode.ts'
import { type ExiFailure, ExiFault } from './failure.ts'
import { linkGrammar } from './grammar.ts'
import type { GrammarTables } from './grammar-tables.ts'
import { readXmlDocument } from './xml/read-document.ts'
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

/** Bytes and XML text to objects and back, of documents or of fragments. Nothing here throws. */
export interface RootCodec<Document> {
  /** A body without V2GTP header. */
  decode(bytes: Uint8Array): Result<Document, ExiFailure>
  encode(document: Document): Result<Uint8Array, ExiFailure>
  /** Elements in the order of the schema; comments and white space between them are passed over. */
  fromXml(text: string): Result<Document, ExiFailure>
  /** Without XML declaration. */
  toXml(document: Document): Result<string, ExiFailure>
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

const failureOf = (error: unknown, bitOffset: number, path: readonly string[]): ExiFailure => {
  if (!(error instanceof ExiFault)) throw error
  return { code: error.code, message: error.message, bitOffset, path: `/${path.join('/')}` }
}

/** Makes a set's codec of its generated tables. The grammar is linked at the first use. */
export const exiCodec = <Documents, Fragments>(tables: GrammarTables): ExiCodec<Documents, Fragments> => {
  let linked: ReturnType<typeof linkGrammar> | undefined
  const tableOf = (kind: 'documents' | 'fragments') => {
    linked ??= linkGrammar(tables)
    return linked[kind]
  }
  const writer = new BitWriter()
  const codecOf = (kind: 'documents' | 'fragments'): RootCodec<Rooted> => ({
    decode: (bytes) => {
      const table = tableOf(kind)
      const decoding = decodingOf(bytes)
      try {
        const document = readDocument(decoding, table)
        if (kind === 'fragments') readFragmentEnd(decoding, table)
        return ok(document)
      } catch (error) {
        return fail(failureOf(error, decoding.reader.position, decoding.path))
      }
    },
    encode: ({ root, value }) => {
      const table = tableOf(kind)
      const encoder = new Encoder(writer)
      writer.reset()
      try {
        encoder.root(table, root, value)
        if (kind === 'fragments') writer.bits(table.roots.length + 1, table.width)
        return ok(writer.finish())
      } catch (error) {
        return fail(failureOf(error, writer.position, encoder.path))
      }
    },
    fromXml: (text) => {
      const path: string[] = []
      try {
        return ok(readXmlDocument(text, tableOf(kind), path))
      } catch (error) {
        return fail(failureOf(error, 0, path))
      }
    },
    toXml: ({ root, value }) => {
      const xml = new XmlWriter()
      try {
        return ok(xml.root(tableOf(kind), root, value))
      } catch (error) {
        return fail(failureOf(error, 0, xml.path))
      }
    },
  })
  return {
    document: codecOf('documents') as RootCodec<RootedIn<Documents>>,
    fragment: codecOf('fragments') as RootCodec<RootedIn<Fragments>>,
  }
}
