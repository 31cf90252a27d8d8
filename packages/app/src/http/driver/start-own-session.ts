import type { ReservationId } from '@voltway/units'
import { Type } from 'typebox'
import { type StartRefused, startSession } from '../../charging/start-session.ts'
import { given } from '../given.ts'
import { Problem, type ProblemCode } from '../problems.ts'
import { findReservation } from '../reservations/find-reservation.ts'
import { directRoute } from '../route.ts'
import { Text, Uuid } from '../schemas/common.ts'
import { acceptOffer, driverOf } from './accept-offer.ts'
import { bookOffer } from './book-reservation.ts'
import { refuseStart } from './refuse-start.ts'

const CODES: Readonly<Record<StartRefused['code'], ProblemCode>> = {
  EVSE_UNKNOWN: 'NOT_FOUND',
  DRIVER_BLOCKED: 'DRIVER_BLOCKED',
  STATION_OFFLINE: 'STATION_OFFLINE',
  EVSE_NOT_FREE: 'EVSE_NOT_FREE',
  RESERVED_FOR_SOMEBODY: 'RESERVED_FOR_SOMEBODY',
  RESERVATION_NOT_NOW: 'TOO_EARLY',
  RESERVATION_USED: 'STATE_CONFLICT',
  STATION_REFUSED: 'STATION_REFUSED',
}

export const startOwnSessionRoute = directRoute({
  id: 'startOwnSession',
  method: 'POST',
  url: '/driver/sessions',
  summary: 'Asks a station to start: under an offered plan, under a reservation, or at once at the list price',
  access: 'driver',
  status: 202,
  body: Type.Object({
    evseCode: Text(40),
    offer: Type.Optional(Type.String({ minLength: 20, maxLength: 100_000 })),
    reservationId: Type.Optional(Uuid),
    vehicleId: Type.Optional(Uuid),
  }),
  reply: Type.Object({ requestId: Type.String(), evseCode: Type.String(), reservationId: Type.Optional(Uuid) }),
  async handle({ body, caller, services }) {
    const { tenantId } = caller
    const driverId = driverOf(caller)
    const evseCode = body.evseCode.toUpperCase()
    if (body.reservationId !== undefined) {
      const { reservationId } = body
      const reservation = await services.db.inTenant(tenantId, (tx) => findReservation(tx, caller, { id: reservationId, driverId }))
      refuseStart(reservation, { evseCode, now: services.clock.now() })
    }
    const offer = body.offer === undefined ? undefined : acceptOffer(services, caller, body.offer)
    if (offer && offer.evseCode !== evseCode) throw new Problem('OFFER_INVALID', 'This offer is for another connector.')
    // A plan that is started at once is reserved first: nobody else gets the slot, and its price is frozen with it.
    const booked = offer && (await bookOffer(services, offer, body.vehicleId))
    const reservationId = booked?.id ?? (body.reservationId as ReservationId | undefined)
    const started = await startSession(services, { tenantId, driverId, evseCode, ...(reservationId !== undefined && { reservationId }) })
    if (!started.ok)
      throw new Problem(CODES[started.failure.code], started.failure.reason, reservationId === undefined ? {} : { reservationId })
    return given({ requestId: String(started.value.remoteStartNumber), evseCode, reservationId: started.value.reservationId })
  },
})
