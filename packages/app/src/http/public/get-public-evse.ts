import { listEvses } from '@voltway/store'
import { Type } from 'typebox'
import { found } from '../problems.ts'
import { route } from '../route.ts'
import { ref } from '../schemas/ref.ts'
import { findSite } from '../sites/find-site.ts'
import { PublicEvseView, PublicSiteView, publicPlaces } from './public-place.ts'
import { requireOffered } from './require-offered.ts'

export const CodeParams = Type.Object({ code: Type.String({ pattern: '^[A-Za-z0-9-]{1,40}$' }) })

export const getPublicEvseRoute = route({
  id: 'getPublicEvse',
  method: 'GET',
  url: '/public/evses/:code',
  summary: 'The connector whose QR code was read, with its site and the other connectors there',
  access: 'public',
  params: CodeParams,
  reply: Type.Object({ evse: ref(PublicEvseView), site: ref(PublicSiteView) }),
  async handle({ params, caller: { tenantId }, tx, services }) {
    const now = services.clock.now()
    const row = found((await listEvses(tx, tenantId, { code: params.code, now }))[0], 'connector')
    const site = await findSite(tx, tenantId, row.siteId)
    requireOffered(site)
    const evses = await listEvses(tx, tenantId, { siteIds: [site.id], now })
    const place = found((await publicPlaces(tx, tenantId, { sites: [site], evses, now }))[0], 'site')
    return {
      evse: found(
        place.evses.find(({ code }) => code === row.code),
        'connector',
      ),
      site: place,
    }
  },
})
