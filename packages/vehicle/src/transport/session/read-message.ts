import type { Decoded, ExiDeviation } from '@voltway/wire/exi'
import { isSchemaName, type Rooted, type SchemaName, untypedCodecOf } from '@voltway/wire/iso15118'
import { PAYLOAD_TYPE, schemaOfPayload, type V2gtpFrame } from '@voltway/wire/v2gtp'

/** What a frame says. */
export interface Message {
  readonly schema: SchemaName
  /** `SessionSetupReq`, in every protocol. */
  readonly name: string
  readonly sessionId: string | undefined
  readonly responseCode: string | undefined
  readonly document: Rooted
  /** What the schema does not allow in it and was read all the same. */
  readonly deviations: readonly ExiDeviation[]
}

export type ReadMessage =
  | { readonly ok: true; readonly value: Message }
  /** `what` names why, with the codec's code and place. */
  | { readonly ok: false; readonly what: string }

type Fields = Readonly<Record<string, unknown>>
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? { ...value } : {})
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** The body of a message of DIN 70121 and ISO 15118-2 is one element inside; of the others it is the root. */
const bodyOf = ({ root, value }: Rooted): { readonly name: string; readonly body: Fields } => {
  const fields = fieldsOf(value)
  if (root !== 'V2G_Message') return { name: root, body: fields }
  const [[name, body] = ['no body', {}]] = Object.entries(fieldsOf(fields.Body))
  return { name, body: fieldsOf(body) }
}

const messageOf = (schema: SchemaName, { deviations = [], ...document }: Decoded<Rooted>): Message => {
  const { name, body } = bodyOf(document)
  const { SessionID: sessionId } = fieldsOf(fieldsOf(document.value).Header)
  return {
    schema,
    name,
    sessionId: sessionId instanceof Uint8Array ? sessionId.toHex() : undefined,
    responseCode: textOf(body.ResponseCode),
    document,
    deviations,
  }
}

/** Sets that payload type 0x8001 can be of where the capture does not have the handshake. */
const GUESSES: readonly SchemaName[] = ['app_protocol', 'iso15118-2', 'din70121']

/** Which set of messages a namespace of the handshake stands for; ISO 15118-20 tells it by payload type. */
export const schemaOfNamespace = (namespace: string): SchemaName | undefined => {
  const [, part] = /^urn:iso:std:iso:15118:-20:(\w+)$/.exec(namespace) ?? []
  const name = part === undefined ? undefined : `iso15118-20/${part}`
  if (name !== undefined && isSchemaName(name)) return name
  return namespace === 'urn:din:70121:2012:MsgDef' ? 'din70121' : namespace === 'urn:iso:15118:2:2013:MsgDef' ? 'iso15118-2' : undefined
}

/** The set that an answered handshake agrees on; undefined where the answer refuses, or names what was not offered. */
export const agreedIn = (request: Message | undefined, response: Message): SchemaName | undefined => {
  const { SchemaID: chosen } = fieldsOf(response.document.value)
  const { AppProtocol: offers } = fieldsOf(request?.document.value)
  if (!Array.isArray(offers)) return undefined
  for (const offer of offers) {
    const { SchemaID, ProtocolNamespace } = fieldsOf(offer)
    if (SchemaID === chosen && typeof ProtocolNamespace === 'string') return schemaOfNamespace(ProtocolNamespace)
  }
  return undefined
}

/**
 * Decodes the frame of a session.
 * @param agreed the set of the handshake; undefined where it was not seen, and then what fits is taken
 */
export const readMessage = ({ payloadType, payload }: V2gtpFrame, agreed: SchemaName | undefined): ReadMessage => {
  const schema = schemaOfPayload(payloadType)
  if (schema === undefined && payloadType !== PAYLOAD_TYPE.exi)
    return { ok: false, what: `payload type 0x${payloadType.toString(16)} is none of EXI` }
  const candidates = schema !== undefined ? [schema] : agreed !== undefined ? [agreed] : GUESSES
  let what = ''
  for (const candidate of candidates) {
    const codec = untypedCodecOf(candidate).document
    const decoded = codec.decode(payload)
    if (!decoded.ok) {
      const { code, message, bitOffset, path } = decoded.failure
      what ||= `not readable as ${candidate}: ${code}, ${message} (bit ${bitOffset}, ${path})`
      continue
    }
    const again = codec.encode(decoded.value, { lenient: true })
    // A guess must come out as it came in; what was agreed on may be written in a way that is only tolerated.
    if (candidates.length > 1 && !(again.ok && again.value.every((byte, at) => byte === payload[at]))) continue
    return { ok: true, value: messageOf(candidate, decoded.value) }
  }
  return { ok: false, what: what || 'readable as none of the protocols' }
}
