import { listDrivers } from '@voltway/store'
import { Type } from 'typebox'
import { cursorOf, pageOf, readCursor } from '../cursor.ts'
import { route } from '../route.ts'
import { listOf, page, Text } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { DriverView, driverView } from './driver-schemas.ts'

export const listDriversRoute = route({
  id: 'listDrivers',
  method: 'GET',
  url: '/drivers',
  summary: 'Drivers by name',
  access: 'drivers:read',
  query: Type.Object({ ...page, q: Type.Optional(Text(100)), inError: Type.Optional(Type.Boolean()) }),
  reply: listOf(ref(DriverView)),
  async handle({ query: { limit = 50, cursor, q, inError }, caller, tx }) {
    const after = readCursor(cursor, ['text', 'text'])
    const rows = await listDrivers(tx, caller.tenantId, { q, inError, after: after && { name: after[0], id: after[1] }, limit: limit + 1 })
    return pageOf(rows, limit, { view: driverView, cursor: ({ name, id }) => cursorOf(name, id) })
  },
})
