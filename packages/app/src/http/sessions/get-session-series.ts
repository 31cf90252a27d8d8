import { route } from '../route.ts'
import { IdParams } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { SessionSeriesView } from '../schemas/session.ts'
import { findSession } from './find-session.ts'
import { sessionSeries } from './session-series.ts'

export const getSessionSeriesRoute = route({
  id: 'getSessionSeries',
  method: 'GET',
  url: '/sessions/:id/series',
  summary: 'A session over time beside its plan and its price',
  access: 'sessions:read',
  params: IdParams,
  reply: ref(SessionSeriesView),
  async handle({ params, caller, tx, services }) {
    const row = await findSession(tx, caller, { id: params.id })
    return sessionSeries(tx, { tenantId: caller.tenantId, now: services.clock.now() }, row)
  },
})
