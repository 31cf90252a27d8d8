import { appendOutbox, updateStation } from '@voltway/store'
import type { SiteId } from '@voltway/units'
import { Type } from 'typebox'
import { route } from '../route.ts'
import { IdParams, OneOf, Text, Uuid } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { StationDetailView } from '../schemas/station.ts'
import { findSite } from '../sites/find-site.ts'
import { findStation, stationDetail } from './find-station.ts'

const Change = Type.Partial(
  Type.Object({
    name: Text(),
    siteId: Uuid,
    sharedLimitW: Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 1, maximum: 10_000_000 }),
    openAccess: Type.Boolean(),
    registration: OneOf(['accepted', 'pending', 'rejected'] as const),
    inboundMode: OneOf(['lenient', 'strict'] as const),
  }),
)

export const updateStationRoute = route({
  id: 'updateStation',
  method: 'PATCH',
  url: '/stations/:id',
  summary: 'Changes a charging station; what is left out stays',
  access: 'stations:write',
  params: IdParams,
  body: Change,
  reply: ref(StationDetailView),
  async handle({ params, body: { siteId, ...change }, caller: { tenantId }, tx, services }) {
    const { id, siteId: oldSiteId } = await findStation(tx, tenantId, params.id)
    if (siteId !== undefined) await findSite(tx, tenantId, siteId)
    await updateStation(tx, tenantId, { ...change, siteId: siteId as SiteId | undefined, id })
    // A site's plan depends on what its stations share.
    const recordedAt = services.clock.now()
    const changed = [...new Set([oldSiteId, siteId ?? oldSiteId])]
    await appendOutbox(
      tx,
      tenantId,
      changed.map((subject) => ({ type: 'site.changed', subject, data: { siteId: subject }, recordedAt })),
    )
    return stationDetail(tx, tenantId, { id, now: services.clock.now() })
  },
})
