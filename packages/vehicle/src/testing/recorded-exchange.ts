import { DIN70121_DIALECT } from '../din70121/din70121-dialect.ts'
import type { Dialect } from '../iso2/dialect.ts'
import { ISO2_DIALECT } from '../iso2/iso2-dialect.ts'
import type { Message, RequestBody, ResponseBody, Responses } from '../iso2/message.ts'
import { isFrame, type Recording } from './recordings.ts'

/** One recorded message of the session's protocol. */
interface Spoken<Body> {
  readonly exi: Uint8Array
  readonly sessionId: Uint8Array
  readonly signature?: Message['signature']
  readonly body: Body
}

/** A request with its response; frames may have been left out before it. */
export interface Exchange {
  readonly request: Spoken<RequestBody>
  /** Absent where the recording ends, or is damaged, before it. */
  readonly response?: Spoken<ResponseBody>
  readonly afterCut: boolean
}

export interface RecordedSession {
  readonly name: string
  readonly dialect: Dialect
  readonly secure: boolean
  readonly exchanges: readonly Exchange[]
}

const DIALECTS = [DIN70121_DIALECT, ISO2_DIALECT]

/** The exchanges after SupportedAppProtocol of a recording of the first generation; undefined for any other. */
export const recordedSession = ({ name, transport, frames }: Recording): RecordedSession | undefined => {
  const schemas = new Set(frames.filter(isFrame).map(({ schema }) => schema))
  const dialect = DIALECTS.find((one) => schemas.has(one.name))
  if (dialect === undefined) return undefined
  const exchanges: Exchange[] = []
  let asked: Spoken<RequestBody> | undefined
  let afterCut = false
  const put = (response?: Spoken<ResponseBody>) => {
    if (asked === undefined) return
    exchanges.push({ request: asked, afterCut, ...(response === undefined ? {} : { response }) })
    asked = undefined
    afterCut = false
  }
  for (const frame of frames) {
    if (!isFrame(frame)) {
      put()
      afterCut = true
      continue
    }
    if (frame.schema !== dialect.name) continue
    const exi = Uint8Array.fromHex(frame.exi_hex)
    const message = dialect.read(exi)
    if (!message.ok) continue
    const { sessionId, signature, body } = message.value
    const spoken = { exi, sessionId, ...(signature === undefined ? {} : { signature }) }
    if (body.kind === 'request') {
      put()
      asked = { ...spoken, body }
    } else put({ ...spoken, body })
  }
  put()
  return { name, dialect, secure: transport.startsWith('tls'), exchanges }
}

/** The first recorded response of a kind. */
export const responseOf = <Name extends ResponseBody['message']>({ exchanges }: RecordedSession, name: Name) => {
  const found = exchanges.find(({ response }) => response?.body.message === name)?.response
  // Found by its name, which says of what type it is.
  return found && { value: found.body.value as Responses[Name], exi: found.exi, sessionId: found.sessionId }
}
