import { listApiKeys } from '@voltway/store'
import { isoOf } from '@voltway/units'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { listOf } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { iso } from '../views/times.ts'
import { ApiKeyView } from './api-key-view.ts'

export const listApiKeysRoute = route({
  id: 'listApiKeys',
  method: 'GET',
  url: '/api-keys',
  summary: 'API keys, without their text',
  access: 'admin',
  reply: listOf(ref(ApiKeyView)),
  async handle({ caller: { tenantId }, tx }) {
    const rows = await listApiKeys(tx, tenantId)
    const items = rows.map(({ id, name, lastFour, scopes, createdAt, revokedAt }) =>
      given({ id, name, lastFour, scopes: [...scopes], createdAt: isoOf(createdAt), revokedAt: iso(revokedAt) }),
    )
    return { items }
  },
})
