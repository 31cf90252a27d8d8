import { EVSE_STATUSES } from '@voltway/domain/stations'
import { listEvses, listStations } from '@voltway/store'
import type { SiteId } from '@voltway/units'
import { Type } from 'typebox'
import { cursorOf, pageOf, readCursor } from '../cursor.ts'
import { route } from '../route.ts'
import { listOf, OneOf, page, Text, Uuid } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { StationView } from '../schemas/station.ts'
import { byStation, stationView } from '../views/station-view.ts'

export const listStationsRoute = route({
  id: 'listStations',
  method: 'GET',
  url: '/stations',
  summary: 'Charging stations by name, with their connectors',
  access: 'stations:read',
  query: Type.Object({
    ...page,
    siteId: Type.Optional(Uuid),
    status: Type.Optional(OneOf(EVSE_STATUSES)),
    q: Type.Optional(Text(100)),
    inError: Type.Optional(Type.Boolean()),
  }),
  reply: listOf(ref(StationView)),
  async handle({ query: { limit = 50, cursor, siteId, ...filter }, caller, tx, services }) {
    const after = readCursor(cursor, ['text', 'text'])
    const rows = await listStations(tx, caller.tenantId, {
      ...filter,
      siteId: siteId as SiteId | undefined,
      after: after && { name: after[0], id: after[1] },
      limit: limit + 1,
    })
    const stationIds = rows.slice(0, limit).map(({ id }) => id)
    const evses = byStation(await listEvses(tx, caller.tenantId, { stationIds, now: services.clock.now() }))
    return pageOf(rows, limit, { view: (row) => stationView(row, evses.get(row.id) ?? []), cursor: ({ name, id }) => cursorOf(name, id) })
  },
})
