import { fail, ok, type Result } from '@voltway/units'
import { type Rooted, type SchemaName, untypedCodecOf } from '@voltway/wire/iso15118'
import { PAYLOAD_TYPE, schemaOfPayload } from '@voltway/wire/v2gtp'
import { type Body, MESSAGES_OF, type Message, type MessageName, type SetName, type Stream } from './message.ts'

/** Why a frame was not read or written. */
export interface CodecFailure {
  readonly code: 'undecodable' | 'payloadType' | 'unwritable'
  readonly detail: string
}

const SETS: Readonly<Record<SetName, { readonly schema: SchemaName; readonly payloadType: number }>> = {
  commonMessages: { schema: 'iso15118-20/CommonMessages', payloadType: PAYLOAD_TYPE.commonMessages },
  ac: { schema: 'iso15118-20/AC', payloadType: PAYLOAD_TYPE.ac },
  dc: { schema: 'iso15118-20/DC', payloadType: PAYLOAD_TYPE.dc },
  wpt: { schema: 'iso15118-20/WPT', payloadType: PAYLOAD_TYPE.wpt },
  acdp: { schema: 'iso15118-20/ACDP', payloadType: PAYLOAD_TYPE.acdp },
}

/** Which message may come on which stream beside the main one. */
const SIDE_STREAMS = {
  schedule: { payloadType: PAYLOAD_TYPE.scheduleRenegotiation, message: 'ScheduleExchange' },
  metering: { payloadType: PAYLOAD_TYPE.meteringConfirmation, message: 'MeteringConfirmation' },
  systemStatus: { payloadType: PAYLOAD_TYPE.acdpSystemStatus, message: 'ACDP_SystemStatus' },
} as const satisfies Readonly<Record<Exclude<Stream, 'main'>, { payloadType: number; message: MessageName }>>

const streamOf = (payloadType: number): Stream => {
  const [stream] = Object.entries(SIDE_STREAMS).find(([, side]) => side.payloadType === payloadType) ?? ['main']
  return stream as Stream
}

const SET_OF: ReadonlyMap<string, SetName> = new Map(
  Object.entries(MESSAGES_OF).flatMap(([set, messages]) => messages.map((message): [string, SetName] => [message, set as SetName])),
)

interface Header {
  readonly SessionID: Uint8Array
  readonly TimeStamp: bigint
  readonly Signature?: NonNullable<Message['signature']>
}

const bodyOf = ({ root, value }: Rooted): { readonly header: Header; readonly body: Body } | undefined => {
  const message = root.slice(0, -3)
  const kind = root.endsWith('Req') ? 'request' : root.endsWith('Res') ? 'response' : undefined
  if (kind === undefined || !SET_OF.has(message)) return undefined
  // The name says which of the types it is: that is what the generated types of the documents mean.
  const { Header: header, ...rest } = value as { readonly Header: Header }
  return { header, body: { kind, message, value: rest } as Body }
}

/** Reads one frame: a message of this standard, on a stream where it may come. */
export const readMessage = (payloadType: number, payload: Uint8Array): Result<Message, CodecFailure> => {
  const schema = schemaOfPayload(payloadType)
  if (schema === undefined) return fail({ code: 'payloadType', detail: `payload type 0x${payloadType.toString(16)}` })
  const document = untypedCodecOf(schema).document.decode(payload)
  if (!document.ok) return fail({ code: 'undecodable', detail: `${document.failure.path}: ${document.failure.message}` })
  const read = bodyOf(document.value)
  if (read === undefined) return fail({ code: 'undecodable', detail: `${document.value.root} is no message of a session` })
  const stream = streamOf(payloadType)
  if (stream !== 'main' && SIDE_STREAMS[stream].message !== read.body.message)
    return fail({ code: 'payloadType', detail: `${read.body.message} as payload type 0x${payloadType.toString(16)}` })
  const { SessionID, TimeStamp, Signature } = read.header
  return ok({
    stream,
    sessionId: SessionID,
    timeStamp: TimeStamp,
    body: read.body,
    ...(Signature === undefined ? {} : { signature: Signature }),
    ...(document.value.deviations && { deviations: document.value.deviations }),
  })
}

export interface Frame {
  readonly payloadType: number
  readonly payload: Uint8Array
}

export const payloadTypeOf = (stream: Stream, message: MessageName): number =>
  stream === 'main' ? SETS[SET_OF.get(message) ?? 'commonMessages'].payloadType : SIDE_STREAMS[stream].payloadType

export const writeMessage = ({ stream, sessionId, timeStamp, signature, body }: Message): Result<Frame, CodecFailure> => {
  const { schema } = SETS[SET_OF.get(body.message) ?? 'commonMessages']
  const Header = { SessionID: sessionId, TimeStamp: timeStamp, ...(signature === undefined ? {} : { Signature: signature }) }
  const root = `${body.message}${body.kind === 'request' ? 'Req' : 'Res'}`
  const written = untypedCodecOf(schema).document.encode({ root, value: { Header, ...body.value } })
  if (!written.ok) return fail({ code: 'unwritable', detail: `${written.failure.path}: ${written.failure.message}` })
  return ok({ payloadType: payloadTypeOf(stream, body.message), payload: written.value })
}

/** Elements that are signed, each as a fragment of the common messages. */
export type SignedElement =
  | 'PnC_AReqAuthorizationMode'
  | 'OEMProvisioningCertificateChain'
  | 'SignedInstallationData'
  | 'SignedMeteringData'
  | 'AbsolutePriceSchedule'

/**
 * EXI of one element as signatures are computed over it, also where lengths deviate: what was received is digested as it was signed, and a message
 * of our own is held against its schema as it is sent. Undefined where it cannot be written.
 */
export const fragmentOf = (root: SignedElement, value: { readonly Id?: string }): Uint8Array | undefined => {
  const written = untypedCodecOf('iso15118-20/CommonMessages').fragment.encode({ root, value }, { lenient: true })
  return written.ok ? written.value : undefined
}
