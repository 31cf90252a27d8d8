import { reservationsUnused } from '@voltway/store'
import { cancelReservation } from '../reservations/cancel-reservation.ts'
import { eachStation } from './each-station.ts'
import type { Job } from './job.ts'
import { RESERVATION_GRACE, RESERVATION_LEAD } from './push-reservations.ts'

/** Frees the slot of a driver who did not come. */
export const releaseReservations: Job = {
  name: 'release-reservations',
  async run(services, tenantId) {
    const now = services.clock.now()
    const unused = await services.db.inTenant(tenantId, (tx) =>
      reservationsUnused(tx, tenantId, { now, lead: RESERVATION_LEAD, grace: RESERVATION_GRACE }),
    )
    return eachStation(unused, async (slot) => (await cancelReservation(services, { ...slot, tenantId }, 'unused')).ok)
  },
}
