import type { Result } from '@voltway/units'
import type { ExiFailure } from '@voltway/wire/exi'
import { CODECS, isSchemaName, untypedCodecOf } from '@voltway/wire/iso15118'

/** One message to be converted: `exi_hex` to XML, or `xml` to EXI. */
export interface ConvertRequest {
  readonly schema: string
  readonly fragment: boolean
  /** The body in hexadecimal without V2GTP header, or the XML text. */
  readonly input: string
}

/** What came of it; `error` is a code: of the codec, or `schema`, `hex` or `line`. */
export type Converted =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly error: string; readonly message: string; readonly bitOffset?: number; readonly path?: string }

export type Convert = (request: ConvertRequest) => Converted

const refused = (error: string, message: string): Converted => ({ ok: false, error, message })

const failed = ({ code, ...rest }: ExiFailure): Converted => ({ ok: false, error: code, ...rest })

const codecOf = ({ schema, fragment }: ConvertRequest) =>
  isSchemaName(schema) ? untypedCodecOf(schema)[fragment ? 'fragment' : 'document'] : undefined

export const SCHEMA_NAMES = Object.keys(CODECS).join(', ')
const unknownSchema = ({ schema }: ConvertRequest) => refused('schema', `"${schema}" is none of ${SCHEMA_NAMES}`)

const bytesOf = (hex: string): Uint8Array | undefined => {
  const compact = hex.replaceAll(/\s/g, '')
  return compact.length % 2 === 0 && /^[0-9a-fA-F]*$/.test(compact) ? Uint8Array.fromHex(compact) : undefined
}

/** Hexadecimal EXI to XML. */
export const decodeMessage: Convert = (request) => {
  const codec = codecOf(request)
  if (codec === undefined) return unknownSchema(request)
  const bytes = bytesOf(request.input)
  if (bytes === undefined) return refused('hex', 'not hexadecimal')
  const decoded = codec.decode(bytes)
  if (!decoded.ok) return failed(decoded.failure)
  const written: Result<string, ExiFailure> = codec.toXml(decoded.value)
  return written.ok ? { ok: true, text: written.value } : failed(written.failure)
}

/** XML to hexadecimal EXI. */
export const encodeMessage: Convert = (request) => {
  const codec = codecOf(request)
  if (codec === undefined) return unknownSchema(request)
  const read = codec.fromXml(request.input)
  if (!read.ok) return failed(read.failure)
  const encoded = codec.encode(read.value)
  return encoded.ok ? { ok: true, text: encoded.value.toHex() } : failed(encoded.failure)
}
