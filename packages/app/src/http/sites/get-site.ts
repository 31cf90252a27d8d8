import { route } from '../route.ts'
import { IdParams } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { SiteView } from '../schemas/site.ts'
import { siteView } from '../views/site-view.ts'
import { findSite } from './find-site.ts'

export const getSiteRoute = route({
  id: 'getSite',
  method: 'GET',
  url: '/sites/:id',
  summary: 'One site',
  access: 'stations:read',
  params: IdParams,
  reply: ref(SiteView),
  handle: async ({ params, caller, tx }) => siteView(await findSite(tx, caller.tenantId, params.id)),
})
