import { DAY, type EpochMs, epochMs } from '@voltway/units'
import type { BookingIndex } from '../reservations/booking-index.ts'
import type { SeriesPrice } from '../tariffs/resolve-tariff.ts'
import type { Tariff } from '../tariffs/tariff.ts'
import type { ChargeLimits, ChargeWish } from './plan.ts'

/** What plans are made from: one EVSE, its bookings, its price, and the moment of asking. */
export interface PlanContext {
  readonly tariff: Tariff
  /** The bookings of the EVSE: what they leave is free. */
  readonly freeSlots: BookingIndex
  readonly limits: ChargeLimits
  /** No plan starts before it. */
  readonly now: EpochMs
  /** Day-ahead prices for a dynamic tariff; none when left out. */
  readonly series?: readonly SeriesPrice[]
  /** Load of the site in parts per million of its limit; 0 when left out. */
  readonly load?: bigint
}

/** Plans look no further ahead than this, so that one far departure cannot cost the server minutes. */
export const HORIZON_MS = 7 * DAY

/** Up to when a plan for this wish may run: the departure, within the horizon. */
export const latestEnd = ({ arrival, departure }: ChargeWish): EpochMs => epochMs(Math.min(departure, arrival + HORIZON_MS))

/** The power that plans count with: whole watts, never more than the limits say. */
export const planPower = ({ limits }: PlanContext) => Math.max(0, Math.floor(limits.maxPower))
