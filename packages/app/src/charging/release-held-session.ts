import { appendOutbox, reviewSession } from '@voltway/store'
import { fail, ok, type Result, type SessionId, type TenantId } from '@voltway/units'
import type { Services } from '../services.ts'

export interface Review {
  readonly tenantId: TenantId
  readonly sessionId: SessionId
  /** `bill`: the readings are right after all; `waive`: nobody pays. */
  readonly decision: 'bill' | 'waive'
  readonly reason: string
  readonly by: string
}

/** A person decides about a session that was held for review. Decided once; the reason is kept beside the session. */
export async function releaseHeldSession(
  services: Services,
  review: Review,
): Promise<Result<undefined, { readonly code: 'SESSION_NOT_HELD' }>> {
  const { tenantId, sessionId, ...decided } = review
  const at = services.clock.now()
  const released = await services.db.inTenant(tenantId, async (tx) => {
    const done = await reviewSession(tx, tenantId, {
      sessionId,
      state: decided.decision === 'bill' ? 'ended' : 'billed',
      review: { ...decided, at },
    })
    if (done) await appendOutbox(tx, tenantId, [{ type: 'session.changed', subject: sessionId, data: { sessionId }, recordedAt: at }])
    return done
  })
  services.live.wake(tenantId)
  return released ? ok(undefined) : fail({ code: 'SESSION_NOT_HELD' })
}
