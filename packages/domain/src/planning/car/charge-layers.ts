import { powerFraction } from '../taper.ts'
import type { CarContext } from './car-wish.ts'

/** Energies and the most power that a battery takes anywhere between two of them: never slower than it really charges. */
export interface ChargeLayers {
  readonly energies: Float64Array
  /** By a limit in W: milliseconds from nothing to each energy. */
  readonly timesAt: (limit: number) => Float64Array
}

/** A battery that takes nothing is taken to take this little, so that times stay numbers. */
const LEAST_POWER = 1e-3

/** @param energies metered Wh, rising from 0 */
export const chargeLayers = (energies: Float64Array, { battery, limits }: CarContext): ChargeLayers => {
  const socAt = (energy: number) => Math.min(100, battery!.soc + ((energy * limits.efficiency) / battery!.capacity) * 100)
  const mostBetween = (low: number, high: number): number => {
    if (!battery) return Number.POSITIVE_INFINITY
    const [from, to] = [socAt(low), socAt(high)]
    const inside = battery.taper?.flatMap(({ soc, fraction }) => (soc > from && soc < to ? [fraction] : [])) ?? []
    return battery.maxPower * Math.max(powerFraction(from, battery.taper), powerFraction(to, battery.taper), ...inside)
  }
  const most = Float64Array.from({ length: energies.length - 1 }, (_, layer) => mostBetween(energies[layer]!, energies[layer + 1]!))
  const known = new Map<number, Float64Array>()
  const timesAt = (limit: number): Float64Array => {
    const found = known.get(limit)
    if (found) return found
    const times = new Float64Array(energies.length)
    for (const [layer, power] of most.entries()) {
      const wh = energies[layer + 1]! - energies[layer]!
      times[layer + 1] = times[layer]! + (wh * 3_600_000) / Math.max(LEAST_POWER, Math.min(limit, power))
    }
    known.set(limit, times)
    return times
  }
  return { energies, timesAt }
}

/**
 * Where a value lies in a rising row: a whole place, and the share of the way from there to the next. Past its ends it is taken to lie at them. A
 * number, not an object, since checkers ask for millions.
 */
export const placeOf = (row: Float64Array, value: number): number => {
  let [low, high] = [0, row.length - 1]
  if (value >= row[high]!) return high
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (row[middle]! <= value) low = middle
    else high = middle
  }
  const from = row[low]!
  return value <= from ? low : low + (value - from) / (row[low + 1]! - from)
}

/** A row's value at a place. */
export const valueAt = (row: Float64Array, place: number): number => {
  const whole = Math.floor(place)
  const value = row[whole]!
  return place === whole ? value : value + (row[whole + 1]! - value) * (place - whole)
}
