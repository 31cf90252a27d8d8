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
  /** The EVSE on whose calendar it is. */
  readonly evse: number
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

/** What one EVSE can give, before it is one of several. */
type Gift = Omit<Given, 'evse'>

/** How a system answers at one EVSE, given the status of the asked slot over all of them. */
type Answer = (booking: Booking, at: { readonly index: BookingIndex; readonly status: AskedStatus }) => Gift | undefined

const constant = (booking: Booking, start: EpochMs, acmPpm: bigint): Gift => {
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

const statusIn = (booking: Booking, calendars: readonly BookingIndex[]): AskedStatus => {
  const { arrival } = booking.wish
  const slot = { start: arrival, end: epochMs(arrival + lengthOf(booking)) }
  return { peak: isPeak(booking.tariff, arrival), taken: calendars.every((index) => !isFree(index, slot)) }
}

const originalOf: Answer = (booking, { index, status }) => {
  const { start } = nearestFree(index, { start: booking.wish.arrival, durationMs: lengthOf(booking) })
  return start === undefined ? undefined : constant(booking, start, originalMultiplier(status))
}

const paperOf: Answer = (booking, { index, status }) => {
  const anytime = { ...booking.wish, departure: epochMs(booking.wish.arrival + 7 * DAY) }
  const slot = { durationMs: lengthOf(booking), tariff: booking.tariff }
  const start = status.peak
    ? offPeakSlot(anytime, contextOf(booking, index), slot)
    : nearestFree(index, { start: anytime.arrival, durationMs: slot.durationMs }).start
  return start === undefined ? undefined : constant(booking, start, optimisedMultiplier(status))
}

const voltwayOf: Answer = (booking, { index }) => {
  const [best] = plansFor(booking.wish, contextOf(booking, index))
    .filter(({ energy }) => energy >= booking.wish.energy)
    .sort((a, b) => Number(a.cost.totalMicros - b.cost.totalMicros) || a.end - b.end)
  return best && { start: best.start, end: best.end, curve: best.curve, cost: pounds(best.cost) }
}

const ANSWERS = { original: originalOf, paper: paperOf, voltway: voltwayOf }
type SystemName = keyof typeof ANSWERS

/** The cheapest of all EVSEs, then the soonest; none is asked any more once one gives the asked time off-peak, which nothing betters. */
const bestOf = (
  system: SystemName,
  booking: Booking,
  { calendars, status }: { calendars: readonly BookingIndex[]; status: AskedStatus },
) => {
  let best: Given | undefined
  for (const [evse, index] of calendars.entries()) {
    const gift = ANSWERS[system](booking, { index, status })
    if (gift && (!best || gift.cost < best.cost || (gift.cost === best.cost && gift.end < best.end))) best = { ...gift, evse }
    if (best?.start === booking.wish.arrival && !status.peak) break
  }
  return best
}

const book = (calendars: readonly BookingIndex[], given: Given | undefined): readonly BookingIndex[] => {
  if (!given) return calendars
  const added = addBooking(calendars[given.evse]!, { start: given.start, end: given.end })
  if (!added.ok) throw new Error(`a slot was given twice: ${added.failure}`)
  return calendars.with(given.evse, added.value)
}

/** Requests in order at a station with one EVSE or several, answered by each system on calendars of its own. */
export const runBookings = (bookings: readonly Booking[], evses = 1): readonly Answered[] => {
  const free: readonly BookingIndex[] = Array.from({ length: evses }, () => NO_BOOKINGS)
  const calendars = { original: free, paper: free, voltway: free }
  return bookings.map((booking) => {
    const status = statusIn(booking, calendars.original)
    const answer = (system: SystemName) => {
      const own = { calendars: calendars[system], status: statusIn(booking, calendars[system]) }
      const given = bestOf(system, booking, own)
      calendars[system] = book(calendars[system], given)
      return given
    }
    return { booking, status, original: answer('original'), paper: answer('paper'), voltway: answer('voltway') }
  })
}

/** Requests that each have the EVSE to themselves while the car is there, as recorded sessions have. */
export const runApart = (bookings: readonly Booking[]): readonly Answered[] => bookings.flatMap((booking) => runBookings([booking]))
