import { Type } from 'typebox'
import { Problem } from '../problems.ts'
import { directRoute } from '../route.ts'
import { Json, Uuid } from '../schemas/common.ts'
import { findStation } from './find-station.ts'

export const sendCommandRoute = directRoute({
  id: 'sendCommand',
  method: 'POST',
  url: '/stations/:id/commands/:action',
  summary: "Sends a raw OCPP request of the station's own version, and answers with the station's answer or a clear expiry",
  access: 'commands:write',
  params: Type.Object({ id: Uuid, action: Type.String({ pattern: '^[A-Za-z]{1,60}$' }) }),
  query: Type.Object({ timeoutSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 120 })) }),
  body: Json,
  reply: Type.Object({ outcome: Type.Literal('answered'), response: Json }),
  async handle({ params, query: { timeoutSeconds }, body, caller: { tenantId, subject }, services }) {
    const { id: stationId } = await services.db.inTenant(tenantId, (tx) => findStation(tx, tenantId, params.id))
    const options = { requestedBy: subject, ...(timeoutSeconds !== undefined && { timeoutMs: timeoutSeconds * 1_000 }) }
    const outcome = await services.gateway.call({ tenantId, stationId }, params.action, body, options)
    switch (outcome.outcome) {
      case 'answered':
        return { outcome: 'answered' as const, response: outcome.response }
      case 'error':
        throw new Problem('COMMAND_ERROR', `${outcome.code}: ${outcome.description}`, { ocppCode: outcome.code })
      case 'expired':
        throw new Problem('COMMAND_EXPIRED', `No answer within ${outcome.afterMs} ms${outcome.reason ? `: ${outcome.reason}` : ''}.`)
      case 'offline':
        throw new Problem('STATION_OFFLINE')
      case 'invalid': {
        const errors = outcome.issues.map(({ path, message }) => ({ path: `body${path.replaceAll('/', '.')}`, message }))
        throw new Problem('COMMAND_INVALID', outcome.issues.find(({ path }) => path === '')?.message, { errors })
      }
    }
  },
})
