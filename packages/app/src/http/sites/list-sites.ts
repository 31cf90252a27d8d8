import { listSites } from '@voltway/store'
import type { SiteId } from '@voltway/units'
import { Type } from 'typebox'
import { cursorOf, pageOf, readCursor } from '../cursor.ts'
import { route } from '../route.ts'
import { listOf, page } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { SiteView } from '../schemas/site.ts'
import { siteView } from '../views/site-view.ts'

export const listSitesRoute = route({
  id: 'listSites',
  method: 'GET',
  url: '/sites',
  summary: 'Sites with their connectors counted by status and their power now',
  access: 'stations:read',
  query: Type.Object(page),
  reply: listOf(ref(SiteView)),
  async handle({ query: { limit = 50, cursor }, caller, tx }) {
    const after = readCursor(cursor, ['text'])?.[0]
    const rows = await listSites(tx, caller.tenantId, { after: after as SiteId | undefined, limit: limit + 1 })
    return pageOf(rows, limit, { view: siteView, cursor: ({ id }) => cursorOf(id) })
  },
})
