import { sessionBinding } from '../../binding.ts'
import { sameBytes } from '../../message.ts'
import type { Handler } from '../answer.ts'

/**
 * A paused session goes on where the car names it and shows the certificate that it was paused with. Any other SessionID begins
 * a new session: somebody else's number opens nothing.
 */
export const sessionSetup: Handler<'SessionSetup'> = ({ session, incoming }, { EVCCID }) => {
  const { options, chosen } = session
  const named = incoming.sessionId
  const binding = sessionBinding(named, options.link.peerCertificate)
  const resumed = options.paused.find(
    (paused) =>
      paused.protocol === 'iso15118-20' &&
      sameBytes(paused.sessionId, named) &&
      paused.binding !== undefined &&
      sameBytes(paused.binding, binding),
  )
  const sessionId = resumed?.sessionId ?? options.sessionId
  return {
    kind: 'respond',
    response: { ResponseCode: resumed ? 'OK_OldSessionJoined' : 'OK_NewSessionEstablished', EVSEID: options.evseId },
    next: resumed ? 'resumed' : 'authorizationSetup',
    session: { sessionId, ...(resumed === undefined ? {} : { resumed }) },
    ...(resumed === undefined ? {} : { facts: { payment: resumed.payment } }),
    told: [
      {
        told: 'sessionBegan',
        protocol: 'iso15118-20',
        namespace: chosen.namespace,
        evccId: EVCCID,
        sessionId,
        resumed: resumed !== undefined,
      },
    ],
  }
}
