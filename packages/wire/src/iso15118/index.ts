import type { RootCodec, Rooted } from '../exi/codec.ts'
import * as appProtocol from './app-protocol/index.ts'
import * as din70121 from './din70121/index.ts'
import * as iso2 from './iso2/index.ts'
import * as ac from './iso20-ac/index.ts'
import * as acdp from './iso20-acdp/index.ts'
import * as commonMessages from './iso20-common-messages/index.ts'
import * as dc from './iso20-dc/index.ts'
import * as wpt from './iso20-wpt/index.ts'
import * as xmldsig from './xmldsig/index.ts'

export type { Rooted } from '../exi/codec.ts'
export { ac, acdp, appProtocol, commonMessages, dc, din70121, iso2, wpt, xmldsig }

/** The codec of each schema set, by the names that test vectors and the command line use. */
export const CODECS = {
  app_protocol: appProtocol.codec,
  din70121: din70121.codec,
  'iso15118-2': iso2.codec,
  'iso15118-20/CommonMessages': commonMessages.codec,
  'iso15118-20/AC': ac.codec,
  'iso15118-20/DC': dc.codec,
  'iso15118-20/WPT': wpt.codec,
  'iso15118-20/ACDP': acdp.codec,
  xmldsig: xmldsig.codec,
} as const

export type SchemaName = keyof typeof CODECS

export const isSchemaName = (name: string): name is SchemaName => Object.hasOwn(CODECS, name)

/** The codec of a set whose messages are not known by name: the values of what it is given are checked as they are written. */
export const untypedCodecOf = (schema: SchemaName): { readonly document: RootCodec<Rooted>; readonly fragment: RootCodec<Rooted> } =>
  CODECS[schema]
