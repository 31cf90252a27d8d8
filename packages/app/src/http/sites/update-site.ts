import { appendOutbox, updateSite } from '@voltway/store'
import { Type } from 'typebox'
import { route } from '../route.ts'
import { IdParams } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { SiteView, siteFields } from '../schemas/site.ts'
import { siteView } from '../views/site-view.ts'
import { checkSiteFields } from './check-site-fields.ts'
import { findSite } from './find-site.ts'

export const updateSiteRoute = route({
  id: 'updateSite',
  method: 'PATCH',
  url: '/sites/:id',
  summary: 'Changes a site; what is left out stays, and a grid limit of null is none',
  access: 'stations:write',
  params: IdParams,
  body: Type.Partial(Type.Object({ ...siteFields, gridLimitW: Type.Union([siteFields.gridLimitW, Type.Null()]) })),
  reply: ref(SiteView),
  async handle({ params, body, caller: { tenantId }, tx, services }) {
    checkSiteFields(body)
    const site = await findSite(tx, tenantId, params.id)
    await updateSite(tx, tenantId, { ...site, ...body })
    await appendOutbox(tx, tenantId, [
      { type: 'site.changed', subject: site.id, data: { siteId: site.id }, recordedAt: services.clock.now() },
    ])
    return siteView(await findSite(tx, tenantId, site.id))
  },
})
