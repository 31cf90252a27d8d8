import { Type } from 'typebox'
import { releaseHeldSession } from '../../charging/release-held-session.ts'
import { Problem } from '../problems.ts'
import { directRoute } from '../route.ts'
import { Done, IdParams, OneOf, Text } from '../schemas/common.ts'
import { findSession } from './find-session.ts'

export const releaseSessionRoute = directRoute({
  id: 'releaseSession',
  method: 'POST',
  url: '/sessions/:id/release',
  summary: 'Decides about a session that was held for review: bill it as read, or waive it',
  access: 'sessions:write',
  params: IdParams,
  body: Type.Object({ decision: OneOf(['bill', 'waive'] as const), reason: Text(500) }),
  reply: Done,
  async handle({ params, body, caller, services }) {
    const { tenantId, subject: by } = caller
    const { id: sessionId } = await services.db.inTenant(tenantId, (tx) => findSession(tx, caller, { id: params.id }))
    const released = await releaseHeldSession(services, { tenantId, sessionId, by, ...body })
    if (!released.ok) throw new Problem('SESSION_NOT_HELD')
    return { ok: true }
  },
})
