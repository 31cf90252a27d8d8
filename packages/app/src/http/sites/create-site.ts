import { appendOutbox, insertSite, type Tx } from '@voltway/store'
import { type SiteId, type TenantId, uuidv7 } from '@voltway/units'
import { type Static, Type } from 'typebox'
import type { Services } from '../../services.ts'
import { route } from '../route.ts'
import { ref } from '../schemas/ref.ts'
import { SiteView, siteFields } from '../schemas/site.ts'
import { siteView } from '../views/site-view.ts'
import { checkSiteFields } from './check-site-fields.ts'
import { findSite } from './find-site.ts'

const NewSite = Type.Object(siteFields)
export type NewSite = Static<typeof NewSite>

/** @throws Problem when a field cannot be so */
export const createSite = async (
  tx: Tx,
  services: Services,
  { tenantId, site }: { readonly tenantId: TenantId; readonly site: NewSite },
): Promise<SiteId> => {
  checkSiteFields(site)
  const now = services.clock.now()
  const id = uuidv7<'Site'>(now, services.random)
  const { gridLimitW = null, steering = null, access = 'public' } = site
  await insertSite(tx, tenantId, { ...site, gridLimitW, steering, access, id, createdAt: now })
  await appendOutbox(tx, tenantId, [{ type: 'site.changed', subject: id, data: { siteId: id }, recordedAt: now }])
  return id
}

export const createSiteRoute = route({
  id: 'createSite',
  method: 'POST',
  url: '/sites',
  summary: 'A new site',
  access: 'stations:write',
  status: 201,
  body: NewSite,
  reply: ref(SiteView),
  async handle({ body, caller: { tenantId }, tx, services }) {
    const id = await createSite(tx, services, { tenantId, site: body })
    return siteView(await findSite(tx, tenantId, id))
  },
})
