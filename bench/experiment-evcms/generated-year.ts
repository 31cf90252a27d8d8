import { PAPER_TARIFF } from '@voltway/domain/tariffs'
import { DAY, epochMs, HOUR, MINUTE, seeded } from '@voltway/units'
import type { Booking } from './booking.ts'
import { CHARGING_RATE, energyOf } from './evcms-systems.ts'

const YEAR_START = epochMs(Date.parse('2026-01-01T00:00:00Z'))
/** The durations of Table 2. */
const DURATIONS = [30, 60, 75, 120].map((minutes) => minutes * MINUTE)
/** Weights of the hours of the day at which drivers want to begin: commuters in the morning and after work, some around noon. */
const HOUR_WEIGHTS = [0, 0, 0, 0, 0, 1, 3, 7, 11, 10, 8, 7, 8, 8, 7, 8, 11, 13, 12, 9, 7, 5, 3, 1]

const weighted = (weights: readonly number[], random: number): number => {
  let left = random * weights.reduce((total, weight) => total + weight, 0)
  for (const [index, weight] of weights.entries()) {
    left -= weight
    if (left < 0) return index
  }
  return weights.length - 1
}

/**
 * A year of requests at one EVSE. The paper's 500 bookings are not published; these have its charger, its durations and its peak
 * windows, and a driver who can stay between nothing and twelve hours longer than the charge takes. Same seed, same year.
 */
export const generatedYear = (seed: number, count = 500): readonly Booking[] => {
  const random = seeded(seed)
  return Array.from({ length: count }, () => {
    const day = Math.floor(random() * 365)
    const arrival = epochMs(YEAR_START + day * DAY + weighted(HOUR_WEIGHTS, random()) * HOUR + Math.floor(random() * 4) * 15 * MINUTE)
    const durationMs = DURATIONS[Math.floor(random() * DURATIONS.length)]!
    const departure = epochMs(arrival + durationMs + Math.floor(random() * 49) * 15 * MINUTE)
    return { wish: { arrival, durationMs, energy: energyOf(durationMs), departure }, power: CHARGING_RATE, tariff: PAPER_TARIFF }
  })
}
