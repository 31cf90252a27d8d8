import { listTariffs } from '@voltway/store'
import type { TariffId } from '@voltway/units'
import { Type } from 'typebox'
import { cursorOf, pageOf, readCursor } from '../cursor.ts'
import { route } from '../route.ts'
import { listOf, page } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { TariffView } from '../schemas/tariff.ts'
import { tariffView } from '../views/tariff-view.ts'

export const listTariffsRoute = route({
  id: 'listTariffs',
  method: 'GET',
  url: '/tariffs',
  summary: 'Tariffs and where they are used',
  access: 'tariffs:read',
  query: Type.Object(page),
  reply: listOf(ref(TariffView)),
  async handle({ query: { limit = 50, cursor }, caller, tx }) {
    const after = readCursor(cursor, ['text'])?.[0]
    const rows = await listTariffs(tx, caller.tenantId, { after: after as TariffId | undefined, limit: limit + 1 })
    return pageOf(rows, limit, { view: tariffView, cursor: ({ id }) => cursorOf(id) })
  },
})
