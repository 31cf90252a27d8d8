import { listAlarms } from '@voltway/store'
import { type ChargingStationId, isoOf } from '@voltway/units'
import { Type } from 'typebox'
import { cursorOf, pageOf, readCursor } from '../cursor.ts'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { Instant, Json, listOf, page, Uuid } from '../schemas/common.ts'
import { iso } from '../views/times.ts'

export const listAlarmsRoute = route({
  id: 'listAlarms',
  method: 'GET',
  url: '/alarms',
  summary: 'What needs a person, newest first',
  access: 'stations:read',
  query: Type.Object({ ...page, open: Type.Optional(Type.Boolean()), stationId: Type.Optional(Uuid) }),
  reply: listOf(
    Type.Object({
      id: Uuid,
      kind: Type.String(),
      stationId: Type.Optional(Uuid),
      stationName: Type.Optional(Type.String()),
      sessionId: Type.Optional(Uuid),
      detail: Json,
      raisedAt: Instant,
      resolvedAt: Type.Optional(Instant),
    }),
  ),
  async handle({ query: { limit = 50, cursor, open, stationId }, caller: { tenantId }, tx }) {
    const before = readCursor(cursor, ['number', 'text'])
    const rows = await listAlarms(tx, tenantId, {
      open,
      stationId: stationId as ChargingStationId | undefined,
      before: before && { at: before[0], id: before[1] },
      limit: limit + 1,
    })
    return pageOf(rows, limit, {
      view: (row) => given({ ...row, raisedAt: isoOf(row.raisedAt), resolvedAt: iso(row.resolvedAt) }),
      cursor: (row) => cursorOf(row.raisedAt, row.id),
    })
  },
})
