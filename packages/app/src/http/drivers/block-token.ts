import { setIdTokenState } from '@voltway/store'
import type { IdTokenId } from '@voltway/units'
import { found } from '../problems.ts'
import { route } from '../route.ts'
import { Done, IdParams } from '../schemas/common.ts'

const tokenRoute = (verb: 'block' | 'unblock', summary: string) =>
  route({
    id: `${verb}Token`,
    method: 'POST',
    url: `/tokens/:id/${verb}`,
    summary,
    access: 'drivers:write',
    params: IdParams,
    reply: Done,
    async handle({ params, caller: { tenantId }, tx }) {
      const state = verb === 'block' ? 'blocked' : 'active'
      found((await setIdTokenState(tx, tenantId, { id: params.id as IdTokenId, state })) || undefined, 'token')
      return { ok: true }
    },
  })

export const blockTokenRoutes = [
  tokenRoute('block', 'No station accepts the token from now on'),
  tokenRoute('unblock', 'The token is good again'),
] as const
