import { fail, ok } from '@voltway/units'
import { din70121 } from '@voltway/wire/iso15118'
import type { Dialect } from '../iso2/dialect.ts'
import type { MessageName } from '../iso2/message.ts'
import { requestFrom, requestTo } from './requests.ts'
import { responseFrom, responseTo } from './responses.ts'

/** The sequence of DIN 70121: direct current, paid outside. */
const SPOKEN: ReadonlySet<MessageName> = new Set<MessageName>([
  'SessionSetup',
  'ServiceDiscovery',
  'PaymentServiceSelection',
  'Authorization',
  'ChargeParameterDiscovery',
  'CableCheck',
  'PreCharge',
  'PowerDelivery',
  'CurrentDemand',
  'WeldingDetection',
  'SessionStop',
])

export const DIN70121_DIALECT: Dialect = {
  name: 'din70121',
  namespace: 'urn:din:70121:2012:MsgDef',
  major: 2,
  minor: 0,
  messages: SPOKEN,
  can: { alternatingCurrent: false, contract: false, pause: false, renegotiate: false, valueAdded: false },
  read: (exi) => {
    const document = din70121.codec.document.decode(exi)
    if (!document.ok) return fail({ code: 'undecodable', detail: `${document.failure.path}: ${document.failure.message}` })
    if (document.value.root !== 'V2G_Message') return fail({ code: 'undecodable', detail: `${document.value.root} is no message` })
    const { Header, Body } = document.value.value
    const { deviations } = document.value
    const header = { sessionId: Header.SessionID, ...(deviations && { deviations }) }
    const request = requestFrom(Body)
    if (request !== undefined) return ok({ ...header, body: { kind: 'request', ...request } })
    const response = responseFrom(Body)
    if (response !== undefined) return ok({ ...header, body: { kind: 'response', ...response } })
    return fail({ code: 'undecodable', detail: `no message of the sequence: ${Object.keys(Body).join()}` })
  },
  write: ({ sessionId, body }) => {
    const wire = body.kind === 'request' ? requestTo(body) : responseTo(body)
    if (wire === undefined) return fail({ code: 'unwritable', detail: `${body.message} is not said in DIN 70121` })
    const written = din70121.codec.document.encode({ root: 'V2G_Message', value: { Header: { SessionID: sessionId }, Body: wire } })
    return written.ok ? written : fail({ code: 'unwritable', detail: `${written.failure.path}: ${written.failure.message}` })
  },
  fragment: () => fail({ code: 'unwritable', detail: 'nothing is signed in DIN 70121' }),
}
