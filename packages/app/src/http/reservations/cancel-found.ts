import type { ReservationListRow } from '@voltway/store'
import { cancelReservation } from '../../reservations/cancel-reservation.ts'
import type { ServerServices } from '../../server-services.ts'
import type { Caller } from '../caller.ts'
import { Problem } from '../problems.ts'
import type { ReservationView } from '../schemas/reservation.ts'
import { reservationView } from '../views/reservation-view.ts'
import { findReservation } from './find-reservation.ts'

/** Gives a slot back and shows the reservation as it is then. @throws Problem STATE_CONFLICT when it is over or in use */
export const cancelFound = async (
  services: ServerServices,
  caller: Caller,
  { row, cause }: { readonly row: ReservationListRow; readonly cause: 'driver' | 'operator' },
): Promise<ReservationView> => {
  const { tenantId } = caller
  const cancelled = await cancelReservation(services, { tenantId, ...row }, cause)
  if (!cancelled.ok) throw new Problem('STATE_CONFLICT', `A reservation that is ${row.state} cannot be cancelled.`, { state: row.state })
  return reservationView(await services.db.inTenant(tenantId, (tx) => findReservation(tx, caller, { id: row.id })))
}
