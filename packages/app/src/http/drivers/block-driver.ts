import { setDriverState } from '@voltway/store'
import { route } from '../route.ts'
import { Done, IdParams } from '../schemas/common.ts'
import { findDriver } from './find-driver.ts'

const driverRoute = (verb: 'block' | 'unblock', summary: string) =>
  route({
    id: `${verb}Driver`,
    method: 'POST',
    url: `/drivers/:id/${verb}`,
    summary,
    access: 'drivers:write',
    params: IdParams,
    reply: Done,
    async handle({ params, caller: { tenantId }, tx }) {
      const { id } = await findDriver(tx, tenantId, params.id)
      await setDriverState(tx, tenantId, { id, state: verb === 'block' ? 'blocked' : 'active' })
      return { ok: true }
    },
  })

export const blockDriverRoutes = [
  driverRoute('block', 'The driver can start nothing from now on'),
  driverRoute('unblock', 'The driver may start sessions again'),
] as const
