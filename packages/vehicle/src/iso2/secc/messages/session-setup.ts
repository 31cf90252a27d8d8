import { isNoSession, sameBytes } from '../../message.ts'
import type { Handler } from '../answer.ts'

/**
 * A session that was paused goes on when the car names it. Any other SessionID that comes with this request is none of ours,
 * and begins a new session.
 */
export const sessionSetup: Handler<'SessionSetup'> = ({ session, incoming, at }, { EVCCID }) => {
  const { options, dialect } = session
  const named = incoming.sessionId
  const resumed = isNoSession(named)
    ? undefined
    : options.paused.find(({ sessionId, protocol }) => protocol === dialect.name && sameBytes(sessionId, named))
  const sessionId = resumed?.sessionId ?? options.sessionId
  return {
    kind: 'respond',
    response: {
      ResponseCode: resumed ? 'OK_OldSessionJoined' : 'OK_NewSessionEstablished',
      EVSEID: options.evseId,
      EVSETimeStamp: BigInt(Math.floor(at / 1000)),
    },
    next: 'serviceDiscovery',
    sessionId,
    ...(resumed === undefined ? {} : { facts: { resumed } }),
    told: [
      {
        told: 'sessionBegan',
        protocol: dialect.name,
        namespace: dialect.namespace,
        evccId: EVCCID,
        sessionId,
        resumed: resumed !== undefined,
      },
    ],
  }
}
