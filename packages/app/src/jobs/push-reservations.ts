import { appendOutbox, moveReservation, reservationsToPush } from '@voltway/store'
import { after, MINUTE, type Milliseconds } from '@voltway/units'
import type { Job } from './job.ts'

/** A station holds an EVSE from this long before the slot until nobody came for this long after its start. */
export const RESERVATION_LEAD = (15 * MINUTE) as Milliseconds
export const RESERVATION_GRACE = (15 * MINUTE) as Milliseconds

/** Asks the station to hold the EVSE (ReserveNow) when its slot comes near; one that is still occupied is asked again. */
export const pushReservations: Job = {
  name: 'push-reservations',
  async run(services, tenantId) {
    const now = services.clock.now()
    const due = await services.db.inTenant(tenantId, (tx) =>
      reservationsToPush(tx, tenantId, { now, lead: RESERVATION_LEAD, grace: RESERVATION_GRACE }),
    )
    let pushed = false
    for (const slot of due) {
      if (!services.gateway.linkOf(slot.stationId)) continue
      const target = { tenantId, stationId: slot.stationId }
      const { number: reservationNumber, evse, code: idToken, groupToken: groupIdToken } = slot
      const answer = await services.gateway.perform(
        target,
        { kind: 'reserve', reservationNumber, evse, expiresAt: after(slot.startsAt, RESERVATION_GRACE), idToken, groupIdToken },
        'reservation:push',
      )
      if (!answer.accepted) continue
      await services.db.inTenant(tenantId, async (tx) => {
        if (!(await moveReservation(tx, tenantId, slot.id, { from: ['confirmed'], to: 'pushed', at: services.clock.now() }))) return
        const data = { reservationId: slot.id, evseId: slot.evseId, driverId: slot.driverId }
        await appendOutbox(tx, tenantId, [{ type: 'reservation.changed', subject: slot.id, data, recordedAt: services.clock.now() }])
      })
      pushed = true
    }
    return pushed
  },
}
