import { type EpochMs, type EvseId, epochMs, fail, MINUTE, ok, type Result } from '@voltway/units'
import type { ReservationState } from './reservation.ts'
import type { Slot } from './slot.ts'

/** What checking a start needs to know of a reservation. */
export interface BookedSlot extends Slot {
  /** The booking id that the driver enters; OCPP's reservationId. */
  readonly number: number
  readonly evse: EvseId
  /** Whose it is: a reference that is compared, nothing more. The driver's id lets any token of the driver start. */
  readonly token: string
  readonly state: ReservationState
}

export interface StartRules {
  /** How long before its start a reservation may be used. */
  readonly earlyMs: number
  /** How long after its start an unused reservation is kept; never beyond its end. */
  readonly lateMs: number
}
export const START_RULES: StartRules = { earlyMs: 15 * MINUTE, lateMs: 15 * MINUTE }

/** When a reservation that nobody used is released. */
export const releaseAt = ({ start, end }: Slot, { lateMs }: StartRules = START_RULES): EpochMs => epochMs(Math.min(start + lateMs, end))

export type StartRefusal = 'wrongBooking' | 'wrongEvse' | 'tooEarly' | 'expired' | 'alreadyUsed' | 'cancelled'

export interface StartAttempt<Booked extends BookedSlot> {
  /** Reservations that may be meant: the token's own, or the one with the entered number. */
  readonly reservations: readonly Booked[]
  readonly evse: EvseId
  readonly now: EpochMs
  readonly token: string
  /** The booking id, where one was entered. */
  readonly number?: number
}

const refusalOf = (reservation: BookedSlot, { evse, now }: StartAttempt<BookedSlot>, rules: StartRules): StartRefusal | undefined => {
  if (reservation.state === 'cancelled') return 'cancelled'
  if (reservation.state === 'active' || reservation.state === 'completed') return 'alreadyUsed'
  if (reservation.state === 'released' || now > releaseAt(reservation, rules)) return 'expired'
  if (now < reservation.start - rules.earlyMs) return 'tooEarly'
  return reservation.evse === evse ? undefined : 'wrongEvse'
}

/** How far a moment is from a slot; 0 inside it. */
const distance = ({ start, end }: Slot, now: EpochMs) => Math.max(start - now, now - end, 0)

/**
 * May a session start here and now on a reservation? The answer is the reservation to use, or why not. Of several of the
 * driver's reservations one that can be used wins; if none can, the one nearest in time says why. Refusals, in the order
 * in which they are found: not yours or unknown, cancelled, used before, past its release, before its time, at another EVSE.
 */
export const checkStart = <Booked extends BookedSlot>(
  attempt: StartAttempt<Booked>,
  rules: StartRules = START_RULES,
): Result<Booked, StartRefusal> => {
  const meant = attempt.reservations
    .filter(({ token, number }) => token === attempt.token && (attempt.number === undefined || number === attempt.number))
    .sort((a, b) => distance(a, attempt.now) - distance(b, attempt.now))
  const usable = meant.find((reservation) => refusalOf(reservation, attempt, rules) === undefined)
  if (usable) return ok(usable)
  const [nearest] = meant
  return fail((nearest && refusalOf(nearest, attempt, rules)) ?? 'wrongBooking')
}
