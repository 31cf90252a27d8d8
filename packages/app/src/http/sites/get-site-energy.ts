import { route } from '../route.ts'
import { IdParams } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { SiteEnergyView } from '../schemas/site-energy.ts'
import { siteEnergyView } from '../views/site-energy-view.ts'
import { findSite } from './find-site.ts'

export const getSiteEnergyRoute = route({
  id: 'getSiteEnergy',
  method: 'GET',
  url: '/sites/:id/energy',
  summary:
    'What a site has beside its limit in W: currents by phase, pauses, feed-in, demand charge, carbon, and how its stations are wired',
  access: 'stations:read',
  params: IdParams,
  reply: ref(SiteEnergyView),
  handle: async ({ params, caller: { tenantId }, tx }) => siteEnergyView(tx, tenantId, (await findSite(tx, tenantId, params.id)).id),
})
