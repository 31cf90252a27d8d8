import { fitsRoom } from '@voltway/domain/planning/steering'
import {
  appendOutbox,
  countOpenReservations,
  insertReservation,
  lockSite,
  type SiteCapacity,
  siteCapacity,
  siteOfEvse,
  type Tx,
} from '@voltway/store'
import {
  type ChargingStationId,
  type DriverId,
  type EpochMs,
  type EvseId,
  epochMs,
  fail,
  ok,
  type ReservationId,
  type Result,
  type SiteId,
  type TenantId,
  uuidv7,
  type VehicleId,
} from '@voltway/units'
import { isOnOne, planCurve, promisedBy, roomIn } from '../planning/promised-room.ts'
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

/** Takes back what a transaction has booked. */
class Refused extends Error {
  readonly failure: BookingFailure
  constructor(failure: BookingFailure) {
    super(failure.code)
    this.failure = failure
  }
}

/** What says whether a booking's site can give what its plan promises. */
type HasRoom = (booking: Booking) => Promise<boolean>

/**
 * Looks at what sites can still give beside all that one transaction books, each read once; nobody else is promised anything there until the
 * transaction ends.
 */
const openRooms = (tx: Tx, tenantId: TenantId, bookings: readonly Booking[]): HasRoom => {
  const from = epochMs(Math.min(...bookings.map(({ startsAt }) => startsAt)))
  const to = epochMs(Math.max(...bookings.map(({ endsAt }) => endsAt)))
  const capacities = new Map<SiteId, SiteCapacity>()
  return async ({ evseId, startsAt, endsAt, plan }) => {
    const siteId = await siteOfEvse(tx, tenantId, evseId)
    if (siteId === undefined) return true
    if (!capacities.has(siteId)) await lockSite(tx, tenantId, siteId)
    const capacity = capacities.get(siteId) ?? (await siteCapacity(tx, tenantId, { siteId, from, to }))
    if (!capacity) return true
    capacities.set(siteId, { ...capacity, promised: [...capacity.promised, promisedBy(evseId, plan)] })
    const room = roomIn(capacity, { evseId, from: startsAt, to: endsAt })
    if (!room) return true
    // A station that has lost the words for it since cannot keep what was promised on one phase.
    const own = isOnOne(plan) ? room.onOne : room
    return own !== undefined && fitsRoom(planCurve(plan), own.steps)
  }
}

/** @throws Refused, or what the database says of a slot that is taken */
const book = async (
  tx: Tx,
  services: Services,
  { booking, booked, hasRoom }: { readonly booking: Booking; readonly booked: Booked; readonly hasRoom: HasRoom },
): Promise<void> => {
  const { tenantId, ...slot } = booking
  const most = services.config.reservationsPerDriver
  const now = services.clock.now()
  if ((await countOpenReservations(tx, tenantId, booking.driverId)) >= most) throw new Refused({ code: 'RESERVATION_LIMIT', most })
  const isPossible = await hasRoom(booking)
  await insertReservation(tx, tenantId, { ...slot, ...booked, createdAt: now })
  // Only now: who wants a slot that is taken is told that, and not what its owner's power does to the site.
  if (!isPossible) throw new Refused({ code: 'SITE_FULL' })
  const data = { reservationId: booked.id, evseId: booking.evseId, driverId: booking.driverId }
  await appendOutbox(tx, tenantId, [{ type: 'reservation.changed', subject: booked.id, data, recordedAt: now }])
}

/** What a transaction failed of; `again` where only a code was drawn that another has. @throws what is no refusal */
const refusalOf = (error: unknown): BookingFailure | 'again' => {
  if (error instanceof Refused) return error.failure
  const { code, constraint } = error as { code?: string; constraint?: string }
  if (code === OVERLAPS) return { code: 'SLOT_TAKEN' }
  if (code === TAKEN_CODE && constraint?.includes('code')) return 'again'
  throw error
}

/** Drivers, then sites, each in one order: of two who book many at once neither waits for the other's second. */
const lockAll = async (tx: Tx, tenantId: TenantId, bookings: readonly Booking[]): Promise<void> => {
  for (const driverId of [...new Set(bookings.map((one) => one.driverId))].sort()) await countOpenReservations(tx, tenantId, driverId)
  const siteIds = new Set<SiteId>()
  for (const evseId of new Set(bookings.map((one) => one.evseId))) {
    const siteId = await siteOfEvse(tx, tenantId, evseId)
    if (siteId !== undefined) siteIds.add(siteId)
  }
  for (const siteId of [...siteIds].sort()) await lockSite(tx, tenantId, siteId)
}

/** Turns many accepted plans of one tenant into reservations: all of them, or none, and then it says which could not be had. */
export async function bookReservations(
  services: Services,
  bookings: readonly Booking[],
): Promise<Result<readonly Booked[], BookingFailure & { readonly booking: number }>> {
  const [first] = bookings
  if (!first) return ok([])
  const { tenantId } = first
  for (;;) {
    const now = services.clock.now()
    const made = bookings.map(() => ({ id: uuidv7<'Reservation'>(now, services.random), code: bookingCode(services.random) }))
    let at = 0
    try {
      await services.db.inTenant(tenantId, async (tx) => {
        if (bookings.length > 1) await lockAll(tx, tenantId, bookings)
        const hasRoom = openRooms(tx, tenantId, bookings)
        for (const [place, booking] of bookings.entries()) {
          at = place
          await book(tx, services, { booking, booked: made[place]!, hasRoom })
        }
      })
      services.live.wake(tenantId)
      return ok(made)
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal !== 'again') return fail({ ...refusal, booking: at })
    }
  }
}

/**
 * Turns an accepted plan into a reservation. Of any number who race for one slot, the database lets exactly one through; of those who
 * race for the power of one site, as many as it can serve.
 */
export async function bookReservation(services: Services, booking: Booking): Promise<Result<Booked, BookingFailure>> {
  const booked = await bookReservations(services, [booking])
  return booked.ok ? ok(booked.value[0]!) : booked
}
