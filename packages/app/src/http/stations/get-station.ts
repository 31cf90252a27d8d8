import { route } from '../route.ts'
import { IdParams } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { StationDetailView } from '../schemas/station.ts'
import { stationDetail } from './find-station.ts'

export const getStationRoute = route({
  id: 'getStation',
  method: 'GET',
  url: '/stations/:id',
  summary: 'One charging station with everything known of it',
  access: 'stations:read',
  params: IdParams,
  reply: ref(StationDetailView),
  handle: ({ params, caller, tx, services }) => stationDetail(tx, caller.tenantId, { id: params.id, now: services.clock.now() }),
})
