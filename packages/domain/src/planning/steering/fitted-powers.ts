import type { LimitRows } from './limit-rows.ts'
import { inTerms } from './round-set-points.ts'
import { carHours, type SlotGrid } from './slot-grid.ts'
import type { SteeredSite } from './steered-site.ts'

/** Set-points as they are fitted in under every limit. */
export interface FittedPowers {
  /** W, at `car * slots + slot`. */
  readonly power: Float64Array
  /** For what share of the slot, at the same places. */
  readonly share: Float64Array
  /** W that the limits leave, at `row * slots + slot`. */
  readonly left: Float64Array
  /** The most that a car could have in a slot, in its terms. */
  readonly roomFor: (car: number, slot: number) => number
  readonly set: (car: number, slot: number, watts: number) => void
  readonly energyIn: (car: number, slot: number) => number
}

export const openFittedPowers = (site: SteeredSite, grid: SlotGrid, { limits, uses }: LimitRows): FittedPowers => {
  const { cars } = site
  const { count } = grid
  const power = new Float64Array(cars.length * count)
  const share = new Float64Array(cars.length * count).fill(1)
  const left = limits.slice()
  return {
    power,
    share,
    left,
    roomFor: (car, slot) => {
      const { terms, maxPower } = cars[car]!
      let room: number = maxPower
      for (const use of uses[car]!) room = Math.min(room, power[car * count + slot]! + left[use.row * count + slot]! / use.share)
      return inTerms(terms, room)
    },
    set: (car, slot, watts) => {
      const more = watts - power[car * count + slot]!
      power[car * count + slot] = watts
      for (const use of uses[car]!) left[use.row * count + slot]! -= more * use.share
    },
    energyIn: (car, slot) => power[car * count + slot]! * share[car * count + slot]! * carHours(grid, cars[car]!.wish, slot),
  }
}
