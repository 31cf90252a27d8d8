import { fail, ok } from '@voltway/units'
import { iso2 } from '@voltway/wire/iso15118'
import type { Dialect } from './dialect.ts'
import { type Body, MESSAGES, type MessageName } from './message.ts'

const NAMES: ReadonlySet<string> = new Set(MESSAGES)
const isMessageName = (name: string): name is MessageName => NAMES.has(name)

/** The one member of a body. */
const bodyOf = (body: iso2.BodyType): Body | undefined => {
  const [[key, value] = []] = Object.entries(body)
  if (key === undefined) return undefined
  const message = key.slice(0, -3)
  if (!isMessageName(message)) return undefined
  // The key says which of the types it is: that is what the generated type of a body means.
  return { kind: key.endsWith('Req') ? 'request' : 'response', message, value } as Body
}

const wireBody = ({ kind, message, value }: Body): iso2.BodyType => ({ [`${message}${kind === 'request' ? 'Req' : 'Res'}`]: value })

/** ISO 15118-2 says what it says. */
export const ISO2_DIALECT: Dialect = {
  name: 'iso15118-2',
  namespace: 'urn:iso:15118:2:2013:MsgDef',
  major: 2,
  minor: 0,
  messages: new Set(MESSAGES),
  can: { alternatingCurrent: true, contract: true, pause: true, renegotiate: true, valueAdded: true },
  read: (exi) => {
    const document = iso2.codec.document.decode(exi)
    if (!document.ok) return fail({ code: 'undecodable', detail: `${document.failure.path}: ${document.failure.message}` })
    if (document.value.root !== 'V2G_Message') return fail({ code: 'undecodable', detail: `${document.value.root} is no message` })
    const { Header, Body } = document.value.value
    const body = bodyOf(Body)
    if (body === undefined) return fail({ code: 'undecodable', detail: 'a message without body' })
    const { deviations } = document.value
    return ok({
      sessionId: Header.SessionID,
      body,
      ...(Header.Signature === undefined ? {} : { signature: Header.Signature }),
      ...(deviations && { deviations }),
    })
  },
  write: ({ sessionId, signature, body }) => {
    const Header = { SessionID: sessionId, ...(signature === undefined ? {} : { Signature: signature }) }
    const written = iso2.codec.document.encode({ root: 'V2G_Message', value: { Header, Body: wireBody(body) } })
    return written.ok ? written : fail({ code: 'unwritable', detail: `${written.failure.path}: ${written.failure.message}` })
  },
  fragment: (body) => {
    const [[root, value] = ['', undefined]] = Object.entries(wireBody(body))
    const written = iso2.codec.fragment.encode({ root, value } as Parameters<typeof iso2.codec.fragment.encode>[0], { lenient: true })
    return written.ok ? written : fail({ code: 'unwritable', detail: `${written.failure.path}: ${written.failure.message}` })
  },
}
