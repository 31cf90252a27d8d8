import { SESSION_STATES } from '@voltway/domain/sessions'
import { listSessions } from '@voltway/store'
import type { ChargingStationId, DriverId, EvseId, SiteId } from '@voltway/units'
import { Type } from 'typebox'
import { cursorOf, pageOf, readCursor } from '../cursor.ts'
import { route } from '../route.ts'
import { listOf, OneOf, page, period, Uuid } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { SessionView } from '../schemas/session.ts'
import { sessionView } from '../views/session-view.ts'
import { openSpan } from '../views/times.ts'

export const listSessionsRoute = route({
  id: 'listSessions',
  method: 'GET',
  url: '/sessions',
  summary: 'Charging sessions, newest first',
  access: 'sessions:read',
  query: Type.Object({
    ...page,
    ...period,
    state: Type.Optional(OneOf(SESSION_STATES)),
    active: Type.Optional(Type.Boolean()),
    siteId: Type.Optional(Uuid),
    stationId: Type.Optional(Uuid),
    evseId: Type.Optional(Uuid),
    driverId: Type.Optional(Uuid),
    inError: Type.Optional(Type.Boolean()),
  }),
  reply: listOf(ref(SessionView)),
  async handle({ query: { limit = 50, cursor, ...query }, caller: { tenantId }, tx }) {
    const before = readCursor(cursor, ['number', 'text'])
    const rows = await listSessions(tx, tenantId, {
      state: query.state,
      active: query.active,
      inError: query.inError,
      siteId: query.siteId as SiteId | undefined,
      stationId: query.stationId as ChargingStationId | undefined,
      evseId: query.evseId as EvseId | undefined,
      driverId: query.driverId as DriverId | undefined,
      ...openSpan(query),
      before: before && { at: before[0], id: before[1] },
      limit: limit + 1,
    })
    return pageOf(rows, limit, { view: sessionView, cursor: (row) => cursorOf(row.startedAt, row.id) })
  },
})
