import { listMessages, type MessageRow } from '@voltway/store'
import { isoOf } from '@voltway/units'
import { Type } from 'typebox'
import { cursorOf, pageOf, readCursor } from '../cursor.ts'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { AnyJson, IdParams, Instant, listOf, OneOf, page, Text } from '../schemas/common.ts'
import { findStation } from './find-station.ts'

const MessageView = Type.Object({
  id: Type.String(),
  at: Instant,
  direction: OneOf(['in', 'out'] as const),
  action: Type.String(),
  messageId: Type.String(),
  request: Type.String({ description: 'The frame as it was on the wire' }),
  response: Type.Optional(Type.String()),
  outcome: Type.String(),
  violations: Type.Optional(AnyJson),
})

const view = (row: MessageRow) =>
  given({
    id: String(row.id),
    at: isoOf(row.receivedAt),
    direction: row.direction === 'I' ? ('in' as const) : ('out' as const),
    action: row.action,
    messageId: row.messageId,
    request: row.request,
    response: row.response,
    outcome: row.outcome,
    violations: row.violations ?? undefined,
  })

export const listMessagesRoute = route({
  id: 'listMessages',
  method: 'GET',
  url: '/stations/:id/messages',
  summary: 'The raw OCPP messages of a station, newest first',
  access: 'stations:read',
  params: IdParams,
  query: Type.Object({
    ...page,
    action: Type.Optional(Text(60)),
    direction: Type.Optional(OneOf(['in', 'out'] as const)),
    inError: Type.Optional(Type.Boolean()),
  }),
  reply: listOf(MessageView),
  async handle({ params, query: { limit = 50, cursor, action, direction, inError }, caller: { tenantId }, tx }) {
    const { id } = await findStation(tx, tenantId, params.id)
    const before = readCursor(cursor, ['number', 'number'])
    const rows = await listMessages(tx, tenantId, {
      stationId: id,
      action,
      inError,
      direction: direction && (direction === 'in' ? 'I' : 'O'),
      before: before && { at: before[0], id: before[1] },
      limit: limit + 1,
    })
    return pageOf(rows, limit, { view, cursor: (row) => cursorOf(row.receivedAt, row.id) })
  },
})
