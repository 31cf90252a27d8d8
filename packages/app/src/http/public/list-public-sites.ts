import { CONNECTOR_STANDARDS } from '@voltway/domain/stations'
import { listEvses, listSites } from '@voltway/store'
import { Type } from 'typebox'
import { route } from '../route.ts'
import { listOf, OneOf } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { distanceM } from './distance.ts'
import { isOffered } from './is-offered.ts'
import { PublicSiteView, publicPlaces } from './public-place.ts'

export const listPublicSitesRoute = route({
  id: 'listPublicSites',
  method: 'GET',
  url: '/public/sites',
  summary: 'Where one can charge, with what is free and its price now; nearest first when asked from somewhere',
  access: 'public',
  query: Type.Object({
    standard: Type.Optional(OneOf(CONNECTOR_STANDARDS)),
    minPowerW: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
    near: Type.Optional(Type.String({ pattern: '^-?\\d{1,2}(\\.\\d+)?,-?\\d{1,3}(\\.\\d+)?$', description: 'latitude,longitude' })),
  }),
  reply: listOf(ref(PublicSiteView)),
  async handle({ query: { standard, minPowerW = 0, near }, caller: { tenantId }, tx, services }) {
    const now = services.clock.now()
    const sites = (await listSites(tx, tenantId)).filter(isOffered)
    const evses = await listEvses(tx, tenantId, { siteIds: sites.map(({ id }) => id), now })
    const fitting = evses.filter(
      (evse) =>
        evse.maxPowerW >= minPowerW && (standard === undefined || evse.connectors.some((connector) => connector.standard === standard)),
    )
    const places = (await publicPlaces(tx, tenantId, { sites, evses: fitting, now })).filter((place) => place.evses.length > 0)
    if (near === undefined) return { items: [...places] }
    const [latitude = 0, longitude = 0] = near.split(',').map(Number)
    const items = places.map((place) => ({ ...place, distanceM: Math.round(distanceM(place, { latitude, longitude })) }))
    return { items: items.sort((a, b) => a.distanceM - b.distanceM) }
  },
})
