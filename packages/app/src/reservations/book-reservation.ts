import { appendOutbox, countOpenReservations, insertReservation } from '@voltway/store'
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
  /** The driver holds `most` reservations that are not over. */
  | { readonly code: 'RESERVATION_LIMIT'; readonly most: number }

/** Turns an accepted plan into a reservation. Of any number who race for one slot, the database lets exactly one through. */
export async function bookReservation(services: Services, booking: Booking): Promise<Result<Booked, BookingFailure>> {
  const { tenantId, ...slot } = booking
  const most = services.config.reservationsPerDriver
  for (;;) {
    const now = services.clock.now()
    const booked = { id: uuidv7<'Reservation'>(now, services.random), code: bookingCode(services.random) }
    try {
      const full = await services.db.inTenant(tenantId, async (tx) => {
        if ((await countOpenReservations(tx, tenantId, booking.driverId)) >= most) return true
        await insertReservation(tx, tenantId, { ...slot, ...booked, createdAt: now })
        const data = { reservationId: booked.id, evseId: booking.evseId, driverId: booking.driverId }
        await appendOutbox(tx, tenantId, [{ type: 'reservation.changed', subject: booked.id, data, recordedAt: now }])
        return false
      })
      if (full) return fail({ code: 'RESERVATION_LIMIT', most })
      services.live.wake(tenantId)
      return ok(booked)
    } catch (error) {
      const { code, constraint } = error as { code?: string; constraint?: string }
      if (code === OVERLAPS) return fail({ code: 'SLOT_TAKEN' })
      const drawAgain = code === TAKEN_CODE && constraint?.includes('code')
      if (!drawAgain) throw error
    }
  }
}
