import { appendOutbox, setSiteTariff } from '@voltway/store'
import { Type } from 'typebox'
import { route } from '../route.ts'
import { IdParams, Uuid } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { SiteView } from '../schemas/site.ts'
import { findTariff } from '../tariffs/find-tariff.ts'
import { siteView } from '../views/site-view.ts'
import { findSite } from './find-site.ts'

export const setSiteTariffRoute = route({
  id: 'setSiteTariff',
  method: 'PUT',
  url: '/sites/:id/tariff',
  summary: 'The tariff of every connector of a site that has none of its own',
  access: 'tariffs:write',
  params: IdParams,
  body: Type.Object({ tariffId: Uuid }),
  reply: ref(SiteView),
  async handle({ params, body, caller: { tenantId }, tx, services }) {
    const site = await findSite(tx, tenantId, params.id)
    const tariff = await findTariff(tx, tenantId, body.tariffId)
    await setSiteTariff(tx, tenantId, { siteId: site.id, tariffId: tariff.id })
    await appendOutbox(tx, tenantId, [
      { type: 'site.changed', subject: site.id, data: { siteId: site.id }, recordedAt: services.clock.now() },
    ])
    return siteView(await findSite(tx, tenantId, site.id))
  },
})
