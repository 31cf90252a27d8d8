import { listPriceSeries } from '@voltway/store'
import { Type } from 'typebox'
import { cursorOf, pageOf, readCursor } from '../cursor.ts'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { Instant, listOf, page, Uuid } from '../schemas/common.ts'
import { iso } from '../views/times.ts'

export const listPriceSeriesRoute = route({
  id: 'listPriceSeries',
  method: 'GET',
  url: '/price-series',
  summary: 'Series of day-ahead prices, how far each reaches, and the tariffs that follow it',
  access: 'tariffs:read',
  query: Type.Object(page),
  reply: listOf(
    Type.Object({
      name: Type.String(),
      from: Type.Optional(Instant),
      to: Type.Optional(Instant),
      prices: Type.Integer(),
      followedBy: Type.Array(Type.Object({ id: Uuid, name: Type.String() })),
    }),
  ),
  async handle({ query: { limit = 50, cursor }, caller: { tenantId }, tx }) {
    const after = readCursor(cursor, ['text'])?.[0]
    const rows = await listPriceSeries(tx, tenantId, { after, limit: limit + 1 })
    return pageOf(rows, limit, {
      view: ({ from, to, ...row }) => given({ ...row, followedBy: [...row.followedBy], from: iso(from), to: iso(to) }),
      cursor: ({ name }) => cursorOf(name),
    })
  },
})
