import { route } from '../route.ts'
import { IdParams } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { SessionSeriesView } from '../schemas/session.ts'
import { findSession } from '../sessions/find-session.ts'
import { sessionSeries } from '../sessions/session-series.ts'
import { driverOf } from './accept-offer.ts'

export const getOwnSessionSeriesRoute = route({
  id: 'getOwnSessionSeries',
  method: 'GET',
  url: '/driver/sessions/:id/series',
  summary: "One of the driver's sessions over time",
  access: 'driver',
  params: IdParams,
  reply: ref(SessionSeriesView),
  async handle({ params, caller, tx, services }) {
    const row = await findSession(tx, caller, { id: params.id, driverId: driverOf(caller) })
    return sessionSeries(tx, { tenantId: caller.tenantId, now: services.clock.now() }, row)
  },
})
