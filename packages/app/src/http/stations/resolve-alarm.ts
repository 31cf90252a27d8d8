import { resolveAlarm } from '@voltway/store'
import { found } from '../problems.ts'
import { route } from '../route.ts'
import { Done, IdParams } from '../schemas/common.ts'

export const resolveAlarmRoute = route({
  id: 'resolveAlarm',
  method: 'POST',
  url: '/alarms/:id/resolve',
  summary: 'Says that an alarm was dealt with',
  access: 'stations:write',
  params: IdParams,
  reply: Done,
  async handle({ params, caller: { tenantId }, tx, services }) {
    const done = await resolveAlarm(tx, tenantId, { id: params.id, now: services.clock.now() })
    found(done || undefined, 'alarm')
    return { ok: true }
  },
})
