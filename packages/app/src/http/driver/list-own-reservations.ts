import { RESERVATION_STATES } from '@voltway/domain/reservations'
import { listReservations } from '@voltway/store'
import { Type } from 'typebox'
import { cursorOf, pageOf, readCursor } from '../cursor.ts'
import { route } from '../route.ts'
import { listOf, OneOf, page, period } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { ReservationView } from '../schemas/reservation.ts'
import { reservationView } from '../views/reservation-view.ts'
import { openSpan } from '../views/times.ts'
import { driverOf } from './accept-offer.ts'

export const listOwnReservationsRoute = route({
  id: 'listOwnReservations',
  method: 'GET',
  url: '/driver/reservations',
  summary: "The driver's reservations, latest slot first",
  access: 'driver',
  query: Type.Object({ ...page, ...period, state: Type.Optional(OneOf(RESERVATION_STATES)) }),
  reply: listOf(ref(ReservationView)),
  async handle({ query: { limit = 50, cursor, ...query }, caller, tx }) {
    const before = readCursor(cursor, ['number', 'text'])
    const rows = await listReservations(tx, caller.tenantId, {
      driverId: driverOf(caller),
      state: query.state,
      ...openSpan(query),
      before: before && { at: before[0], id: before[1] },
      limit: limit + 1,
    })
    return pageOf(rows, limit, { view: reservationView, cursor: (row) => cursorOf(row.startsAt, row.id) })
  },
})
