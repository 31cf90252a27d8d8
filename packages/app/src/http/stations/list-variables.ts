import { listVariables } from '@voltway/store'
import { isoOf } from '@voltway/units'
import { Type } from 'typebox'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { IdParams, Instant, listOf } from '../schemas/common.ts'
import { findStation } from './find-station.ts'

export const listVariablesRoute = route({
  id: 'listVariables',
  method: 'GET',
  url: '/stations/:id/variables',
  summary: 'Configuration keys (1.6) and variables (2.0.1) as the station last reported them',
  access: 'stations:read',
  params: IdParams,
  reply: listOf(
    Type.Object({
      component: Type.String(),
      instance: Type.Optional(Type.String()),
      evse: Type.Optional(Type.Integer()),
      variable: Type.String(),
      value: Type.Optional(Type.String()),
      mutability: Type.Optional(Type.String()),
      reportedAt: Instant,
    }),
  ),
  async handle({ params, caller: { tenantId }, tx }) {
    const { id } = await findStation(tx, tenantId, params.id)
    const rows = await listVariables(tx, tenantId, id)
    const items = rows.map(({ instance, evse, reportedAt, ...row }) =>
      given({ ...row, instance: instance || undefined, evse: evse || undefined, reportedAt: isoOf(reportedAt) }),
    )
    return { items }
  },
})
