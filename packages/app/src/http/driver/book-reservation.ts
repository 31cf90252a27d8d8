import { nearestFree } from '@voltway/domain/reservations'
import { listVehicles, siteOfEvse, type Tx } from '@voltway/store'
import { DAY, epochMs, isoOf, type VehicleId } from '@voltway/units'
import { Type } from 'typebox'
import { bookReservation } from '../../reservations/book-reservation.ts'
import type { ServerServices } from '../../server-services.ts'
import { found, Problem } from '../problems.ts'
import { requireOffered } from '../public/require-offered.ts'
import { findReservation } from '../reservations/find-reservation.ts'
import { directRoute } from '../route.ts'
import { Uuid } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { ReservationView } from '../schemas/reservation.ts'
import { findSite } from '../sites/find-site.ts'
import { reservationView } from '../views/reservation-view.ts'
import { instant } from '../views/times.ts'
import { acceptOffer, driverOf } from './accept-offer.ts'
import type { Offer } from './offer.ts'
import { planPlace } from './plan-place.ts'

const slotOf = ({ plan }: Offer) => ({ startsAt: instant(plan.start, 'offer.start'), endsAt: instant(plan.end, 'offer.end') })

/** The slot is gone: says which start is the nearest that is free. */
const slotTaken = async (services: ServerServices, offer: Offer): Promise<Problem> => {
  const { startsAt, endsAt } = slotOf(offer)
  const now = services.clock.now()
  const until = epochMs(endsAt + 7 * DAY)
  const place = await services.db.inTenant(offer.tenantId, (tx) => planPlace(tx, offer.tenantId, { evseCode: offer.evseCode, now, until }))
  const { start } = nearestFree(place.bookings, { start: startsAt, durationMs: endsAt - startsAt, notBefore: now, direction: 'both' })
  return new Problem('SLOT_TAKEN', undefined, start === undefined ? {} : { nearestFreeStart: isoOf(start) })
}

const siteOfOffer = async (tx: Tx, { tenantId, evseId }: Offer) => {
  const siteId = await siteOfEvse(tx, tenantId, evseId)
  return findSite(tx, tenantId, found(siteId, 'connector'))
}

/** Books the slot of an offer that was accepted, for the car that is named or was planned with, or says what is free instead. @throws Problem */
export const bookOffer = async (services: ServerServices, offer: Offer, named: string | undefined) => {
  const { tenantId, stationId, evseId, driverId, plan, wish } = offer
  const wished = typeof wish.vehicleId === 'string' ? wish.vehicleId : undefined
  const vehicleId = (named ?? wished) as VehicleId | undefined
  if (vehicleId !== undefined)
    found((await services.db.inTenant(tenantId, (tx) => listVehicles(tx, tenantId, { driverId, id: vehicleId })))[0], 'vehicle')
  await services.db.inTenant(tenantId, async (tx) => requireOffered(await siteOfOffer(tx, offer)))
  const booked = await bookReservation(services, { tenantId, stationId, evseId, driverId, vehicleId, ...slotOf(offer), wish, plan })
  if (booked.ok) return booked.value
  if (booked.failure.code === 'SLOT_TAKEN') throw await slotTaken(services, offer)
  if (booked.failure.code === 'SITE_FULL') throw new Problem('SITE_FULL')
  const { code, most } = booked.failure
  throw new Problem(code, `You hold ${most} reservations, and one driver may hold no more. Use or cancel one first.`, { limit: most })
}

export const bookReservationRoute = directRoute({
  id: 'bookReservation',
  method: 'POST',
  url: '/driver/reservations',
  summary: 'Reserves the slot of an offered plan at its price; of all who ask for a slot exactly one gets it',
  access: 'driver',
  status: 201,
  body: Type.Object({ offer: Type.String({ minLength: 20, maxLength: 100_000 }), vehicleId: Type.Optional(Uuid) }),
  reply: ref(ReservationView),
  async handle({ body, caller, services }) {
    const { tenantId } = caller
    const driverId = driverOf(caller)
    const offer = acceptOffer(services, caller, body.offer)
    const { id } = await bookOffer(services, offer, body.vehicleId)
    return reservationView(await services.db.inTenant(tenantId, (tx) => findReservation(tx, caller, { id, driverId })))
  },
})
