import { appendOutbox, moveReservation } from '@voltway/store'
import {
  type ChargingStationId,
  type DriverId,
  type EvseId,
  fail,
  ok,
  type ReservationId,
  type Result,
  type TenantId,
} from '@voltway/units'
import type { Services } from '../services.ts'

export interface HeldSlot {
  readonly tenantId: TenantId
  readonly id: ReservationId
  readonly number: number
  readonly stationId: ChargingStationId
  readonly evseId: EvseId
  readonly driverId: DriverId
}

/** Gives a slot back: in the database first, which is the record, then at the station if it holds it. */
export async function cancelReservation(
  services: Services,
  slot: HeldSlot,
  cause: 'driver' | 'operator' | 'unused',
): Promise<Result<undefined, { readonly code: 'RESERVATION_NOT_OPEN' }>> {
  const at = services.clock.now()
  const moved = await services.db.inTenant(slot.tenantId, async (tx) => {
    const to = cause === 'unused' ? 'released' : 'cancelled'
    const done = await moveReservation(tx, slot.tenantId, slot.id, { from: ['confirmed', 'pushed'], to, cause, at })
    if (done) {
      const data = { reservationId: slot.id, evseId: slot.evseId, driverId: slot.driverId }
      await appendOutbox(tx, slot.tenantId, [{ type: 'reservation.changed', subject: slot.id, data, recordedAt: at }])
    }
    return done
  })
  if (!moved) return fail({ code: 'RESERVATION_NOT_OPEN' })
  services.live.wake(slot.tenantId)
  // A station that never held it answers Rejected, which changes nothing.
  if (await services.gateway.linkOf(slot))
    await services.gateway.perform(slot, { kind: 'cancelReservation', reservationNumber: slot.number }, `reservation:${cause}`)
  return ok(undefined)
}
