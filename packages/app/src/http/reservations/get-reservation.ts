import { slotsDue } from '../../jobs/push-reservations.ts'
import { route } from '../route.ts'
import { IdParams } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { ReservationView } from '../schemas/reservation.ts'
import { reservationView } from '../views/reservation-view.ts'
import { findReservation } from './find-reservation.ts'

export const getReservationRoute = route({
  id: 'getReservation',
  method: 'GET',
  url: '/reservations/:id',
  summary: 'One reservation',
  access: 'sessions:read',
  params: IdParams,
  reply: ref(ReservationView),
  handle: async ({ params, caller, tx, services }) =>
    reservationView(await findReservation(tx, caller, { id: params.id, due: slotsDue(services.clock.now()) })),
})
