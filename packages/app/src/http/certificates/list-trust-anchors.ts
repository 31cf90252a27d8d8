import { listTrustAnchors } from '@voltway/store'
import { Type } from 'typebox'
import { route } from '../route.ts'
import { ref } from '../schemas/ref.ts'
import { TrustAnchorView, trustAnchorView } from './trust-anchor-view.ts'

export const listTrustAnchorsRoute = route({
  id: 'listTrustAnchors',
  method: 'GET',
  url: '/trust-anchors',
  summary: 'Roots that certificates of contracts, stations and cars are checked against',
  access: 'stations:read',
  reply: Type.Object({ items: Type.Array(ref(TrustAnchorView)) }),
  async handle({ caller: { tenantId }, tx }) {
    return { items: (await listTrustAnchors(tx, tenantId)).map(trustAnchorView) }
  },
})
