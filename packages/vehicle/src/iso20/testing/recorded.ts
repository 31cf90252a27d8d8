import { CODECS } from '@voltway/wire/iso15118'
import { PAYLOAD_TYPE } from '@voltway/wire/v2gtp'
import { isFrame, type Recording } from '../../testing/recordings.ts'
import { readMessage } from '../codec.ts'
import type { Message, MessageName, RequestBody, ResponseBody, Responses } from '../message.ts'

type Spoken<Body> = Omit<Message, 'body'> & { readonly payload: Uint8Array; readonly payloadType: number; readonly body: Body }
export type RecordedRequest = Spoken<RequestBody>
export type RecordedResponse = Spoken<ResponseBody>

/** A recorded session of ISO 15118-20: each request with its response, where there is one. */
export interface RecordedSession {
  readonly name: string
  readonly namespace: string
  readonly exchanges: readonly { readonly request: RecordedRequest; readonly response: RecordedResponse | undefined }[]
}

const PAYLOAD_TYPES: Readonly<Record<string, number>> = {
  'iso15118-20/CommonMessages': PAYLOAD_TYPE.commonMessages,
  'iso15118-20/AC': PAYLOAD_TYPE.ac,
  'iso15118-20/DC': PAYLOAD_TYPE.dc,
}

const spokenIn = ({ frames }: Recording): readonly Spoken<Message['body']>[] =>
  frames.filter(isFrame).flatMap(({ schema, exi_hex }) => {
    const payloadType = PAYLOAD_TYPES[schema]
    const payload = Uint8Array.fromHex(exi_hex)
    const read = payloadType === undefined ? undefined : readMessage(payloadType, payload)
    return payloadType !== undefined && read?.ok ? [{ ...read.value, payload, payloadType }] : []
  })

const namespaceOf = ({ frames }: Recording): string => {
  const offer = frames.filter(isFrame).find(({ message }) => message === 'supportedAppProtocolReq')
  const read = offer && CODECS.app_protocol.document.decode(Uint8Array.fromHex(offer.exi_hex))
  return read?.ok && read.value.root === 'supportedAppProtocolReq' ? (read.value.value.AppProtocol[0]?.ProtocolNamespace ?? '') : ''
}

/** Undefined for a recording of another protocol. */
export const recordedSession = (recording: Recording): RecordedSession | undefined => {
  const spoken = spokenIn(recording)
  if (spoken.length === 0) return undefined
  const exchanges = spoken.flatMap((one, index) => {
    if (one.body.kind !== 'request') return []
    const next = spoken[index + 1]
    const answer = next?.body.kind === 'response' && next.body.message === one.body.message ? next : undefined
    return [{ request: one as RecordedRequest, response: answer as RecordedResponse | undefined }]
  })
  return { name: recording.name, namespace: namespaceOf(recording), exchanges }
}

/** What the station said to a message, the last time it did. */
export const lastResponse = <Name extends MessageName>({ exchanges }: RecordedSession, message: Name): Responses[Name] | undefined => {
  const found = exchanges.findLast(({ request, response }) => request.body.message === message && response !== undefined)
  return found?.response?.body.value as Responses[Name] | undefined
}
