import { powerFraction } from '../taper.ts'
import type { CarContext } from './car-wish.ts'

/** How long a charge takes from nothing to each of a row of energies; between two of them the power is that of their middle. */
export interface ChargeTable {
  /** Metered, in Wh, rising from 0 to what is asked. */
  readonly energies: Float64Array
  /** By a limit in W: milliseconds of charging from nothing to each energy, at all the power that limit and battery admit. */
  readonly timesAt: (limit: number) => Float64Array
}

/** The most that a battery takes when so many Wh have been metered; without limit where the battery is not known. */
export const batteryPowerAt = ({ battery, limits }: CarContext, energy: number): number => {
  if (!battery) return Number.POSITIVE_INFINITY
  const soc = battery.soc + ((energy * limits.efficiency) / battery.capacity) * 100
  return battery.maxPower * powerFraction(Math.min(100, soc), battery.taper)
}

/** Metered Wh, rounded up, that fill the battery; without limit where it is not known. */
export const roomOf = ({ battery, limits }: CarContext): number =>
  battery ? Math.ceil(((100 - battery.soc) / 100) * (battery.capacity / limits.efficiency) - 1e-6) : Number.POSITIVE_INFINITY

/** From 0 in steps of `quantum` Wh; the last step may be shorter. */
export const energySteps = (energy: number, quantum: number): Float64Array =>
  Float64Array.from({ length: Math.ceil(energy / quantum - 1e-9) + 1 }, (_, state) => Math.min(energy, state * quantum))

/** A table in steps of `quantum` Wh; the last step may be shorter. */
export const chargeTable = (energy: number, quantum: number, context: CarContext): ChargeTable =>
  tableAt(energySteps(energy, quantum), context)

/** A table of any energies, rising from 0. */
export const tableAt = (energies: Float64Array, context: CarContext): ChargeTable => {
  const states = energies.length - 1
  const known = new Map<number, Float64Array>()
  const timesAt = (limit: number) => {
    const found = known.get(limit)
    if (found) return found
    const times = new Float64Array(states + 1)
    for (let state = 1; state <= states; state++) {
      const [low, high] = [energies[state - 1]!, energies[state]!]
      const power = Math.min(limit, batteryPowerAt(context, (low + high) / 2))
      times[state] = times[state - 1]! + ((high - low) * 3_600_000) / power
    }
    known.set(limit, times)
    return times
  }
  return { energies, timesAt }
}

/** The state at or below a value of a rising row, and how far it lies towards the next. */
const placeIn = (row: Float64Array, value: number): readonly [state: number, share: number] => {
  let [low, high] = [0, row.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (row[middle]! <= value) low = middle
    else high = middle - 1
  }
  const [from, to] = [row[low]!, row[low + 1]]
  return [low, to === undefined ? 0 : (value - from) / (to - from)]
}
const valueIn = (row: Float64Array, [state, share]: readonly [state: number, share: number]) =>
  share === 0 ? row[state]! : row[state]! + (row[state + 1]! - row[state]!) * share

/** Milliseconds of charging from nothing to any energy of the table. */
export const timeTo = ({ energies, timesAt }: ChargeTable, limit: number, energy: number): number =>
  valueIn(timesAt(limit), placeIn(energies, energy))

/** The energy after so many milliseconds of charging from nothing; at most the last of the table. */
export const energyAfter = ({ energies, timesAt }: ChargeTable, limit: number, ms: number): number =>
  valueIn(energies, placeIn(timesAt(limit), Math.max(0, ms)))
