import { offPeakSlot, type PlanContext, type PowerStep, plansFor } from '@voltway/domain/planning'
import { addBooking, type BookingIndex, isFree, NO_BOOKINGS, nearestFree } from '@voltway/domain/reservations'
import { isPeak } from '@voltway/domain/tariffs'
import { DAY, type EpochMs, epochMs } from '@voltway/units'
import type { Booking } from './booking.ts'
import { type AskedStatus, costAt, optimisedMultiplier, originalMultiplier, pounds } from './evcms-systems.ts'

/** What one system gave one driver. */
export interface Given {
  readonly start: EpochMs
  readonly end: EpochMs
  readonly curve: readonly PowerStep[]
  readonly cost: number
}

/** One request as each of the three systems answers it; undefined is a refusal. */
export interface Answered {
  readonly booking: Booking
  readonly status: AskedStatus
  /** The paper's original system: the asked time, moved by Algorithm 1 when taken. */
  readonly original: Given | undefined
  /** The paper's optimised system: on-peak requests moved to the nearest free off-peak slot, whenever that is. */
  readonly paper: Given | undefined
  /** Ours: the cheapest plan that gives the energy by departure. */
  readonly voltway: Given | undefined
}

const constant = (booking: Booking, start: EpochMs, acmPpm: bigint): Given => {
  const { wish, power, tariff } = booking
  const end = epochMs(start + Math.ceil((wish.energy * 3_600_000) / power))
  const cost = pounds(costAt({ start, energy: wish.energy, power, tariff }, acmPpm))
  return { start, end, curve: [{ from: start, to: end, power }], cost }
}

const contextOf = ({ wish, power, tariff }: Booking, freeSlots: BookingIndex): PlanContext => ({
  tariff,
  freeSlots,
  limits: { maxPower: power, efficiency: 1 },
  now: wish.arrival,
})

const lengthOf = ({ wish, power }: Booking) => Math.ceil((wish.energy * 3_600_000) / power)

const statusIn = (booking: Booking, index: BookingIndex): AskedStatus => {
  const { arrival } = booking.wish
  const taken = !isFree(index, { start: arrival, end: epochMs(arrival + lengthOf(booking)) })
  return { peak: isPeak(booking.tariff, arrival), taken }
}

const originalOf = (booking: Booking, index: BookingIndex): Given | undefined => {
  const { start } = nearestFree(index, { start: booking.wish.arrival, durationMs: lengthOf(booking) })
  return start === undefined ? undefined : constant(booking, start, originalMultiplier(statusIn(booking, index)))
}

const paperOf = (booking: Booking, index: BookingIndex): Given | undefined => {
  const status = statusIn(booking, index)
  const anytime = { ...booking.wish, departure: epochMs(booking.wish.arrival + 7 * DAY) }
  const slot = { durationMs: lengthOf(booking), tariff: booking.tariff }
  const start = status.peak
    ? offPeakSlot(anytime, contextOf(booking, index), slot)
    : nearestFree(index, { start: anytime.arrival, durationMs: slot.durationMs }).start
  return start === undefined ? undefined : constant(booking, start, optimisedMultiplier(status))
}

const voltwayOf = (booking: Booking, index: BookingIndex): Given | undefined => {
  const [best] = plansFor(booking.wish, contextOf(booking, index))
    .filter(({ energy }) => energy >= booking.wish.energy)
    .sort((a, b) => Number(a.cost.totalMicros - b.cost.totalMicros) || a.end - b.end)
  return best && { start: best.start, end: best.end, curve: best.curve, cost: pounds(best.cost) }
}

const book = (index: BookingIndex, given: Given | undefined): BookingIndex => {
  const added = given && addBooking(index, { start: given.start, end: given.end })
  if (added && !added.ok) throw new Error(`a slot was given twice: ${added.failure}`)
  return added ? added.value : index
}

/** Requests in order at one EVSE, answered by each system on a calendar of its own. */
export const runBookings = (bookings: readonly Booking[]): readonly Answered[] => {
  const calendars = { original: NO_BOOKINGS, paper: NO_BOOKINGS, voltway: NO_BOOKINGS }
  return bookings.map((booking) => {
    const status = statusIn(booking, calendars.original)
    const answered = {
      booking,
      status,
      original: originalOf(booking, calendars.original),
      paper: paperOf(booking, calendars.paper),
      voltway: voltwayOf(booking, calendars.voltway),
    }
    for (const system of ['original', 'paper', 'voltway'] as const) calendars[system] = book(calendars[system], answered[system])
    return answered
  })
}

/** Requests that each have the EVSE to themselves while the car is there, as recorded sessions have. */
export const runApart = (bookings: readonly Booking[]): readonly Answered[] => bookings.flatMap((booking) => runBookings([booking]))
