import { findReservation } from '../reservations/find-reservation.ts'
import { route } from '../route.ts'
import { IdParams } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { ReservationView } from '../schemas/reservation.ts'
import { reservationView } from '../views/reservation-view.ts'
import { driverOf } from './accept-offer.ts'

export const getOwnReservationRoute = route({
  id: 'getOwnReservation',
  method: 'GET',
  url: '/driver/reservations/:id',
  summary: "One of the driver's reservations",
  access: 'driver',
  params: IdParams,
  reply: ref(ReservationView),
  handle: async ({ params, caller, tx }) =>
    reservationView(await findReservation(tx, caller, { id: params.id, driverId: driverOf(caller) })),
})
