import { listSessions } from '@voltway/store'
import { Type } from 'typebox'
import { cursorOf, pageOf, readCursor } from '../cursor.ts'
import { route } from '../route.ts'
import { listOf, page, period } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { SessionView } from '../schemas/session.ts'
import { sessionView } from '../views/session-view.ts'
import { openSpan } from '../views/times.ts'
import { driverOf } from './accept-offer.ts'

export const listOwnSessionsRoute = route({
  id: 'listOwnSessions',
  method: 'GET',
  url: '/driver/sessions',
  summary: "The driver's sessions, newest first",
  access: 'driver',
  query: Type.Object({ ...page, ...period, active: Type.Optional(Type.Boolean()) }),
  reply: listOf(ref(SessionView)),
  async handle({ query: { limit = 50, cursor, active, ...query }, caller, tx }) {
    const before = readCursor(cursor, ['number', 'text'])
    const rows = await listSessions(tx, caller.tenantId, {
      driverId: driverOf(caller),
      active,
      ...openSpan(query),
      before: before && { at: before[0], id: before[1] },
      limit: limit + 1,
    })
    return pageOf(rows, limit, { view: sessionView, cursor: (row) => cursorOf(row.startedAt, row.id) })
  },
})
