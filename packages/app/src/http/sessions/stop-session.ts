import { stopSession } from '../../charging/stop-session.ts'
import { directRoute } from '../route.ts'
import { Done, IdParams } from '../schemas/common.ts'
import { findSession } from './find-session.ts'
import { stopProblem } from './stop-problem.ts'

export const stopSessionRoute = directRoute({
  id: 'stopSession',
  method: 'POST',
  url: '/sessions/:id/stop',
  summary: 'Asks the station to stop; the session ends when the station says so',
  access: 'sessions:write',
  status: 202,
  params: IdParams,
  reply: Done,
  async handle({ params, caller, services }) {
    const { tenantId } = caller
    const {
      id: sessionId,
      stationId,
      transactionId,
    } = await services.db.inTenant(tenantId, (tx) => findSession(tx, caller, { id: params.id }))
    const stopped = await stopSession(services, { tenantId, sessionId, stationId, transactionId }, 'operator')
    if (!stopped.ok) throw stopProblem(stopped.failure)
    return { ok: true }
  },
})
