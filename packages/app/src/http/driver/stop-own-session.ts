import { stopSession } from '../../charging/stop-session.ts'
import { directRoute } from '../route.ts'
import { Done, IdParams } from '../schemas/common.ts'
import { findSession } from '../sessions/find-session.ts'
import { stopProblem } from '../sessions/stop-problem.ts'
import { driverOf } from './accept-offer.ts'

export const stopOwnSessionRoute = directRoute({
  id: 'stopOwnSession',
  method: 'POST',
  url: '/driver/sessions/:id/stop',
  summary: 'Stops charging; the connector unlocks when its power is gone',
  access: 'driver',
  status: 202,
  params: IdParams,
  reply: Done,
  async handle({ params, caller, services }) {
    const { tenantId } = caller
    const driverId = driverOf(caller)
    const {
      id: sessionId,
      stationId,
      transactionId,
    } = await services.db.inTenant(tenantId, (tx) => findSession(tx, caller, { id: params.id, driverId }))
    const stopped = await stopSession(services, { tenantId, sessionId, stationId, transactionId }, 'driver')
    if (!stopped.ok) throw stopProblem(stopped.failure)
    return { ok: true }
  },
})
