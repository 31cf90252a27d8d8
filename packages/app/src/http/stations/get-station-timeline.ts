import { listEvses } from '@voltway/store'
import { DAY, epochMs } from '@voltway/units'
import { Type } from 'typebox'
import { route } from '../route.ts'
import { IdParams, period } from '../schemas/common.ts'
import { TimelineView, timelineView } from '../views/timeline-view.ts'
import { spanOf } from '../views/times.ts'
import { findStation } from './find-station.ts'

export const getStationTimelineRoute = route({
  id: 'getStationTimeline',
  method: 'GET',
  url: '/stations/:id/timeline',
  summary: 'The status of each connector of a station over a period; seven days unless told',
  access: 'stations:read',
  params: IdParams,
  query: Type.Object(period),
  reply: TimelineView,
  async handle({ params, query, caller: { tenantId }, tx, services }) {
    const now = services.clock.now()
    const span = spanOf(query, { from: epochMs(now - 7 * DAY), to: now })
    const { id: stationId } = await findStation(tx, tenantId, params.id)
    const evses = await listEvses(tx, tenantId, { stationIds: [stationId], now })
    return timelineView(tx, tenantId, { evses, span: { stationId, ...span }, now })
  },
})
