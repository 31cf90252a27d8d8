import { appendOutbox, type DueReservation, moveReservation, reservationAsker, reservationsToPush } from '@voltway/store'
import { after, type EpochMs, MINUTE, type Milliseconds, type TenantId } from '@voltway/units'
import type { Services } from '../services.ts'
import { eachStation } from './each-station.ts'
import type { Job } from './job.ts'

/** A station holds an EVSE from this long before the slot until nobody came for this long after its start. */
export const RESERVATION_LEAD = (15 * MINUTE) as Milliseconds
export const RESERVATION_GRACE = (15 * MINUTE) as Milliseconds

/** Until when a slot begins that a station ought to hold by now. */
export const slotsDue = (now: EpochMs) => ({ now, by: after(now, RESERVATION_LEAD) })

/** A station that refused, or did not answer, is asked again after this. */
export const ASK_AGAIN = (1 * MINUTE) as Milliseconds

const push = async (services: Services, tenantId: TenantId, slot: DueReservation): Promise<boolean> => {
  if (!(await services.gateway.linkOf({ tenantId, stationId: slot.stationId }))) return false
  const { number: reservationNumber, evse, code: idToken, groupToken: groupIdToken } = slot
  const answer = await services.gateway.perform(
    { tenantId, stationId: slot.stationId },
    { kind: 'reserve', reservationNumber, evse, expiresAt: after(slot.startsAt, RESERVATION_GRACE), idToken, groupIdToken },
    reservationAsker(slot.id),
  )
  if (!answer.accepted) return false
  await services.db.inTenant(tenantId, async (tx) => {
    if (!(await moveReservation(tx, tenantId, slot.id, { from: ['confirmed'], to: 'pushed', at: services.clock.now() }))) return
    const data = { reservationId: slot.id, evseId: slot.evseId, driverId: slot.driverId }
    await appendOutbox(tx, tenantId, [{ type: 'reservation.changed', subject: slot.id, data, recordedAt: services.clock.now() }])
  })
  return true
}

/** Asks the station to hold the EVSE (ReserveNow) when its slot comes near; one that is still occupied is asked again. */
export const pushReservations: Job = {
  name: 'push-reservations',
  async run(services, tenantId) {
    const now = services.clock.now()
    const due = await services.db.inTenant(tenantId, (tx) =>
      reservationsToPush(tx, tenantId, { now, lead: RESERVATION_LEAD, grace: RESERVATION_GRACE, askedBefore: after(now, -ASK_AGAIN) }),
    )
    return eachStation(due, (slot) => push(services, tenantId, slot))
  },
}
