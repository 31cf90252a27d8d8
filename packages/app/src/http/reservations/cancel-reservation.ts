import { directRoute } from '../route.ts'
import { IdParams } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { ReservationView } from '../schemas/reservation.ts'
import { cancelFound } from './cancel-found.ts'
import { findReservation } from './find-reservation.ts'

export const cancelReservationRoute = directRoute({
  id: 'cancelReservation',
  method: 'POST',
  url: '/reservations/:id/cancel',
  summary: 'Gives a slot back, here and at the station',
  access: 'sessions:write',
  params: IdParams,
  reply: ref(ReservationView),
  async handle({ params, caller, services }) {
    const row = await services.db.inTenant(caller.tenantId, (tx) => findReservation(tx, caller, { id: params.id }))
    return cancelFound(services, caller, { row, cause: 'operator' })
  },
})
