import { listCommands } from '@voltway/store'
import { isoOf } from '@voltway/units'
import { Type } from 'typebox'
import { cursorOf, pageOf, readCursor } from '../cursor.ts'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { AnyJson, IdParams, Instant, listOf, page, Uuid } from '../schemas/common.ts'
import { iso } from '../views/times.ts'
import { findStation } from './find-station.ts'

export const listCommandsRoute = route({
  id: 'listCommands',
  method: 'GET',
  url: '/stations/:id/commands',
  summary: 'What was asked of a station and what it answered, newest first',
  access: 'stations:read',
  params: IdParams,
  query: Type.Object({ ...page, inError: Type.Optional(Type.Boolean()) }),
  reply: listOf(
    Type.Object({
      id: Uuid,
      action: Type.String(),
      payload: AnyJson,
      requestedBy: Type.String(),
      requestedAt: Instant,
      state: Type.String(),
      answer: Type.Optional(AnyJson),
      error: Type.Optional(Type.String()),
      endedAt: Type.Optional(Instant),
    }),
  ),
  async handle({ params, query: { limit = 50, cursor, inError }, caller: { tenantId }, tx }) {
    const { id } = await findStation(tx, tenantId, params.id)
    const before = readCursor(cursor, ['number', 'text'])
    const rows = await listCommands(tx, tenantId, {
      stationId: id,
      inError,
      before: before && { at: before[0], id: before[1] },
      limit: limit + 1,
    })
    return pageOf(rows, limit, {
      view: ({ answer, ...row }) =>
        given({
          ...row,
          requestedAt: isoOf(row.requestedAt),
          endedAt: iso(row.endedAt),
          answer: answer ?? undefined,
          payload: row.payload ?? {},
        }),
      cursor: (row) => cursorOf(row.requestedAt, row.id),
    })
  },
})
