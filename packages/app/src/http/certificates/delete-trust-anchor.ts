import { deleteTrustAnchor } from '@voltway/store'
import type { TrustAnchorId } from '@voltway/units'
import { found } from '../problems.ts'
import { route } from '../route.ts'
import { Done, IdParams } from '../schemas/common.ts'

export const deleteTrustAnchorRoute = route({
  id: 'deleteTrustAnchor',
  method: 'DELETE',
  url: '/trust-anchors/:id',
  summary: 'What hangs on this root is refused from now on',
  access: 'stations:write',
  params: IdParams,
  reply: Done,
  async handle({ params, caller: { tenantId }, tx }) {
    found((await deleteTrustAnchor(tx, tenantId, params.id as TrustAnchorId)) || undefined, 'root')
    return { ok: true }
  },
})
