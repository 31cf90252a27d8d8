import { revokeApiKey } from '@voltway/store'
import { found } from '../problems.ts'
import { route } from '../route.ts'
import { Done, IdParams } from '../schemas/common.ts'

export const revokeApiKeyRoute = route({
  id: 'revokeApiKey',
  method: 'DELETE',
  url: '/api-keys/:id',
  summary: 'Makes an API key worthless at once',
  access: 'admin',
  params: IdParams,
  reply: Done,
  async handle({ params, caller: { tenantId }, tx, services }) {
    found((await revokeApiKey(tx, { tenantId, id: params.id, now: services.clock.now() })) || undefined, 'API key')
    return { ok: true }
  },
})
