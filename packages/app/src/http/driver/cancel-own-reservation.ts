import { cancelFound } from '../reservations/cancel-found.ts'
import { findReservation } from '../reservations/find-reservation.ts'
import { directRoute } from '../route.ts'
import { IdParams } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { ReservationView } from '../schemas/reservation.ts'
import { driverOf } from './accept-offer.ts'

export const cancelOwnReservationRoute = directRoute({
  id: 'cancelOwnReservation',
  method: 'POST',
  url: '/driver/reservations/:id/cancel',
  summary: 'Gives the slot back',
  access: 'driver',
  params: IdParams,
  reply: ref(ReservationView),
  async handle({ params, caller, services }) {
    const driverId = driverOf(caller)
    const row = await services.db.inTenant(caller.tenantId, (tx) => findReservation(tx, caller, { id: params.id, driverId }))
    return cancelFound(services, caller, { row, cause: 'driver' })
  },
})
