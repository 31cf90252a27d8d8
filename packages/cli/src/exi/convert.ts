import { ok, type Result } from '@voltway/units'
import type { Decoded, ExiDeviation, ExiFailure, WriteOptions } from '@voltway/wire/exi'
import { CODECS, isSchemaName, type Rooted, untypedCodecOf } from '@voltway/wire/iso15118'

/** One message to be converted: `exi_hex` to XML, or `xml` to EXI. */
export interface ConvertRequest {
  readonly schema: string
  readonly fragment: boolean
  /** The body in hexadecimal without V2GTP header, or the XML text. */
  readonly input: string
  /** Refuse values of a length that the schema does not allow, instead of telling of them. */
  readonly strict: boolean
}

/** What came of it; `error` is a code: of the codec, or `schema`, `hex` or `line`. */
export type Converted =
  | { readonly ok: true; readonly text: string; readonly deviations?: readonly ExiDeviation[] }
  | { readonly ok: false; readonly error: string; readonly message: string; readonly bitOffset?: number; readonly path?: string }

export type Convert = (request: ConvertRequest) => Converted

const refused = (error: string, message: string): Converted => ({ ok: false, error, message })

/** Out leniently: a message that was recorded is to be seen as it is. */
const written = (
  from: Decoded<Rooted>,
  { strict }: ConvertRequest,
  write: (options: WriteOptions) => Result<string, ExiFailure>,
): Converted => {
  const text = write({ lenient: !strict })
  if (!text.ok) return failed(text.failure)
  return { ok: true, text: text.value, ...(from.deviations === undefined ? {} : { deviations: from.deviations }) }
}

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
  return written(decoded.value, request, (options) => codec.toXml(decoded.value, options))
}

/** XML to hexadecimal EXI. */
export const encodeMessage: Convert = (request) => {
  const codec = codecOf(request)
  if (codec === undefined) return unknownSchema(request)
  const read = codec.fromXml(request.input)
  if (!read.ok) return failed(read.failure)
  return written(read.value, request, (options) => {
    const encoded = codec.encode(read.value, options)
    return encoded.ok ? ok(encoded.value.toHex()) : encoded
  })
}
