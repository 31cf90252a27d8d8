import { listIdTokens } from '@voltway/store'
import type { DriverId, IdTokenId } from '@voltway/units'
import { Type } from 'typebox'
import { cursorOf, pageOf, readCursor } from '../cursor.ts'
import { route } from '../route.ts'
import { listOf, page, Uuid } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { TokenView, tokenView } from './driver-schemas.ts'

export const listTokensRoute = route({
  id: 'listTokens',
  method: 'GET',
  url: '/tokens',
  summary: 'Cards and other tokens, never their text',
  access: 'drivers:read',
  query: Type.Object({ ...page, driverId: Type.Optional(Uuid), inError: Type.Optional(Type.Boolean()) }),
  reply: listOf(ref(TokenView)),
  async handle({ query: { limit = 50, cursor, driverId, inError }, caller: { tenantId }, tx, services }) {
    const after = readCursor(cursor, ['text'])?.[0]
    const rows = await listIdTokens(tx, tenantId, {
      driverId: driverId as DriverId | undefined,
      inErrorAt: inError ? services.clock.now() : undefined,
      after: after as IdTokenId | undefined,
      limit: limit + 1,
    })
    return pageOf(rows, limit, { view: tokenView, cursor: ({ id }) => cursorOf(id) })
  },
})
