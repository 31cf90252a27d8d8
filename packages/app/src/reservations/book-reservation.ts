import { fitsRoom } from '@voltway/domain/planning/steering'
import { appendOutbox, countOpenReservations, insertReservation, lockSite, siteOfEvse, type Tx } from '@voltway/store'
import {
  type ChargingStationId,
  type DriverId,
  type EpochMs,
  type EvseId,
  fail,
  ok,
  type ReservationId,
  type Result,
  type TenantId,
  uuidv7,
  type VehicleId,
} from '@voltway/units'
import { isOnOne, planCurve, promisedRoom } from '../planning/promised-room.ts'
import type { Services } from '../services.ts'
import { bookingCode } from './booking-code.ts'

export interface Booking {
  readonly tenantId: TenantId
  readonly stationId: ChargingStationId
  readonly evseId: EvseId
  readonly driverId: DriverId
  readonly vehicleId: VehicleId | undefined
  readonly startsAt: EpochMs
  readonly endsAt: EpochMs
  /** As asked and as accepted, in the API's JSON; the tariff is frozen inside the plan. */
  readonly wish: unknown
  readonly plan: unknown
}
export interface Booked {
  readonly id: ReservationId
  readonly code: string
}

const OVERLAPS = '23P01'
const TAKEN_CODE = '23505'

export type BookingFailure =
  | { readonly code: 'SLOT_TAKEN' }
  /** The site has promised the power to others meanwhile. */
  | { readonly code: 'SITE_FULL' }
  /** The driver holds `most` reservations that are not over. */
  | { readonly code: 'RESERVATION_LIMIT'; readonly most: number }

/** Takes the booking back: the slot was free, the power for it was not. */
class SiteFull extends Error {}

/** Whether the site can still give what the plan promises; nobody else is promised anything there until the transaction ends. */
const siteHasRoom = async (tx: Tx, tenantId: TenantId, { evseId, startsAt, endsAt, plan }: Booking): Promise<boolean> => {
  const siteId = await siteOfEvse(tx, tenantId, evseId)
  if (siteId === undefined) return true
  await lockSite(tx, tenantId, siteId)
  const room = await promisedRoom(tx, tenantId, { siteId, evseId, from: startsAt, to: endsAt })
  if (!room) return true
  // A station that has lost the words for it since cannot keep what was promised on one phase.
  const own = isOnOne(plan) ? room.onOne : room
  return own !== undefined && fitsRoom(planCurve(plan), own.steps)
}

/**
 * Turns an accepted plan into a reservation. Of any number who race for one slot, the database lets exactly one through; of those who
 * race for the power of one site, as many as it can serve.
 */
export async function bookReservation(services: Services, booking: Booking): Promise<Result<Booked, BookingFailure>> {
  const { tenantId, ...slot } = booking
  const most = services.config.reservationsPerDriver
  for (;;) {
    const now = services.clock.now()
    const booked = { id: uuidv7<'Reservation'>(now, services.random), code: bookingCode(services.random) }
    try {
      const refused = await services.db.inTenant(tenantId, async (tx): Promise<BookingFailure | undefined> => {
        if ((await countOpenReservations(tx, tenantId, booking.driverId)) >= most) return { code: 'RESERVATION_LIMIT', most }
        const hasRoom = await siteHasRoom(tx, tenantId, booking)
        await insertReservation(tx, tenantId, { ...slot, ...booked, createdAt: now })
        // Only now: who wants a slot that is taken is told that, and not what its owner's power does to the site.
        if (!hasRoom) throw new SiteFull()
        const data = { reservationId: booked.id, evseId: booking.evseId, driverId: booking.driverId }
        await appendOutbox(tx, tenantId, [{ type: 'reservation.changed', subject: booked.id, data, recordedAt: now }])
        return undefined
      })
      if (refused) return fail(refused)
      services.live.wake(tenantId)
      return ok(booked)
    } catch (error) {
      if (error instanceof SiteFull) return fail({ code: 'SITE_FULL' })
      const { code, constraint } = error as { code?: string; constraint?: string }
      if (code === OVERLAPS) return fail({ code: 'SLOT_TAKEN' })
      const drawAgain = code === TAKEN_CODE && constraint?.includes('code')
      if (!drawAgain) throw error
    }
  }
}
