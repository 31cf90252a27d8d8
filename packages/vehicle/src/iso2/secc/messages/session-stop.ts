import type { PausedSession } from '../../../machine/station-words.ts'
import type { Handler } from '../answer.ts'
import type { SeccSession } from '../state.ts'

/** What is kept of a session that shall go on. */
const keptOf = ({ dialect, sessionId, facts }: SeccSession): PausedSession | undefined =>
  facts.payment === undefined || facts.transfer === undefined
    ? undefined
    : { protocol: dialect.name, sessionId, payment: facts.payment, transfer: facts.transfer, scheduleId: facts.scheduleId }

export const sessionStop: Handler<'SessionStop'> = ({ session }, { ChargingSession }) => {
  const response = { ResponseCode: 'OK' } as const
  if (ChargingSession === 'Terminate') return { kind: 'respond', response, next: 'ended', end: { code: 'finished' } }
  const kept = keptOf(session)
  if (kept === undefined) return { kind: 'fail', code: 'FAILED', detail: 'nothing to pause' }
  return { kind: 'respond', response, next: 'ended', end: { code: 'paused' }, told: [{ told: 'paused', session: kept }] }
}
