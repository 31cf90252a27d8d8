import { listEvses } from '@voltway/store'
import { DAY, epochMs } from '@voltway/units'
import { Type } from 'typebox'
import { route } from '../route.ts'
import { IdParams, period } from '../schemas/common.ts'
import { TimelineView, timelineView } from '../views/timeline-view.ts'
import { spanOf } from '../views/times.ts'
import { findSite } from './find-site.ts'

export const getSiteTimelineRoute = route({
  id: 'getSiteTimeline',
  method: 'GET',
  url: '/sites/:id/timeline',
  summary: 'The status of each connector of a site over a period; seven days unless told',
  access: 'stations:read',
  params: IdParams,
  query: Type.Object(period),
  reply: TimelineView,
  async handle({ params, query, caller: { tenantId }, tx, services }) {
    const now = services.clock.now()
    const span = spanOf(query, { from: epochMs(now - 7 * DAY), to: now })
    const { id: siteId } = await findSite(tx, tenantId, params.id)
    const evses = await listEvses(tx, tenantId, { siteIds: [siteId], now })
    return timelineView(tx, tenantId, { evses, span: { siteId, ...span }, now })
  },
})
