import { appendOutbox, markStopRequested } from '@voltway/store'
import { type ChargingStationId, fail, ok, type Result, type SessionId, type TenantId } from '@voltway/units'
import type { Services } from '../services.ts'

export interface OpenSession {
  readonly tenantId: TenantId
  readonly sessionId: SessionId
  readonly stationId: ChargingStationId
  readonly transactionId: string
}
export interface StopRefused {
  readonly code: 'SESSION_NOT_OPEN' | 'STATION_OFFLINE' | 'STATION_REFUSED'
  readonly reason?: string
}

/** Asks the station to stop; the session ends when the station says so: power ramps down and the connector unlocks first. */
export async function stopSession(
  services: Services,
  session: OpenSession,
  by: 'driver' | 'operator' | 'reservationEnd',
): Promise<Result<undefined, StopRefused>> {
  const { tenantId, sessionId, transactionId } = session
  const at = services.clock.now()
  const open = await services.db.inTenant(tenantId, async (tx) => {
    const marked = await markStopRequested(tx, tenantId, { sessionId, by, at })
    if (marked) await appendOutbox(tx, tenantId, [{ type: 'session.changed', subject: sessionId, data: { sessionId }, recordedAt: at }])
    return marked
  })
  if (!open) return fail({ code: 'SESSION_NOT_OPEN' })
  services.live.wake(tenantId)
  if (!(await services.gateway.linkOf(session))) return fail({ code: 'STATION_OFFLINE' })
  const answer = await services.gateway.perform(session, { kind: 'remoteStop', transactionId }, `stop:${by}`)
  return answer.accepted ? ok(undefined) : fail({ code: 'STATION_REFUSED', reason: answer.reason })
}
