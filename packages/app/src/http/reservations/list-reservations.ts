import { RESERVATION_STATES } from '@voltway/domain/reservations'
import { listReservations } from '@voltway/store'
import type { ChargingStationId, DriverId, EvseId, SiteId } from '@voltway/units'
import { Type } from 'typebox'
import { slotsDue } from '../../jobs/push-reservations.ts'
import { cursorOf, pageOf, readCursor } from '../cursor.ts'
import { route } from '../route.ts'
import { listOf, OneOf, page, period, Uuid } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { ReservationView } from '../schemas/reservation.ts'
import { reservationView } from '../views/reservation-view.ts'
import { openSpan } from '../views/times.ts'

export const listReservationsRoute = route({
  id: 'listReservations',
  method: 'GET',
  url: '/reservations',
  summary: 'Reservations that overlap a period, latest slot first',
  access: 'sessions:read',
  query: Type.Object({
    ...page,
    ...period,
    evseId: Type.Optional(Uuid),
    stationId: Type.Optional(Uuid),
    siteId: Type.Optional(Uuid),
    driverId: Type.Optional(Uuid),
    state: Type.Optional(OneOf(RESERVATION_STATES)),
    inError: Type.Optional(Type.Boolean()),
  }),
  reply: listOf(ref(ReservationView)),
  async handle({ query: { limit = 50, cursor, ...query }, caller: { tenantId }, tx, services }) {
    const before = readCursor(cursor, ['number', 'text'])
    const rows = await listReservations(tx, tenantId, {
      evseId: query.evseId as EvseId | undefined,
      stationId: query.stationId as ChargingStationId | undefined,
      siteId: query.siteId as SiteId | undefined,
      driverId: query.driverId as DriverId | undefined,
      state: query.state,
      inError: query.inError,
      due: slotsDue(services.clock.now()),
      ...openSpan(query),
      before: before && { at: before[0], id: before[1] },
      limit: limit + 1,
    })
    return pageOf(rows, limit, { view: reservationView, cursor: (row) => cursorOf(row.startsAt, row.id) })
  },
})
