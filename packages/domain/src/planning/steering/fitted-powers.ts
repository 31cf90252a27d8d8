import type { LimitRows, LimitUse } from './limit-rows.ts'
import { inTerms } from './round-set-points.ts'
import { carHours, type SlotGrid } from './slot-grid.ts'
import type { SetPointTerms, SteeredSite } from './steered-site.ts'
import { mostOn, termsOn } from './switching.ts'

/** Set-points as they are fitted in under every limit. */
export interface FittedPowers {
  /** W, at `car * slots + slot`. */
  readonly power: Float64Array
  /** Phases in use by cars that can be switched, at the same places; 3 for all others, whatever they use. */
  readonly phases: Uint8Array
  /** For what share of the slot, at the same places. */
  readonly share: Float64Array
  /** W that the limits leave, at `row * slots + slot`. */
  readonly left: Float64Array
  readonly phasesIn: (car: number, slot: number) => 1 | 3
  /** A car's terms on the phases that it uses in a slot. */
  readonly termsIn: (car: number, slot: number) => SetPointTerms
  /** What it draws from then. */
  readonly usesIn: (car: number, slot: number) => readonly LimitUse[]
  /** The most that a car could have in a slot, in its terms. */
  readonly roomFor: (car: number, slot: number) => number
  readonly set: (car: number, slot: number, watts: number) => void
  /** Before it has any power there. */
  readonly setPhases: (car: number, slot: number, phases: 1 | 3) => void
  readonly energyIn: (car: number, slot: number) => number
}

export const openFittedPowers = (site: SteeredSite, grid: SlotGrid, { limits, uses, usesOnOne }: LimitRows): FittedPowers => {
  const { cars } = site
  const { count } = grid
  const power = new Float64Array(cars.length * count)
  const phases = new Uint8Array(cars.length * count).fill(3)
  const share = new Float64Array(cars.length * count).fill(1)
  const left = limits.slice()
  const phasesIn = (car: number, slot: number): 1 | 3 => (phases[car * count + slot] === 1 ? 1 : 3)
  const usesIn = (car: number, slot: number) => (phasesIn(car, slot) === 1 && usesOnOne[car]) || uses[car]!
  const termsIn = (car: number, slot: number) => termsOn(cars[car]!, phasesIn(car, slot))
  return {
    power,
    phases,
    share,
    left,
    phasesIn,
    termsIn,
    usesIn,
    roomFor: (car, slot) => {
      let room = mostOn(cars[car]!, phasesIn(car, slot))
      for (const use of usesIn(car, slot)) room = Math.min(room, power[car * count + slot]! + left[use.row * count + slot]! / use.share)
      return inTerms(termsIn(car, slot), room)
    },
    set: (car, slot, watts) => {
      const more = watts - power[car * count + slot]!
      power[car * count + slot] = watts
      for (const use of usesIn(car, slot)) left[use.row * count + slot]! -= more * use.share
    },
    setPhases: (car, slot, own) => {
      phases[car * count + slot] = own
    },
    energyIn: (car, slot) => power[car * count + slot]! * share[car * count + slot]! * carHours(grid, cars[car]!.wish, slot),
  }
}
