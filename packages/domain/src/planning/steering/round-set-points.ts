import type { SetPointTerms } from './steered-site.ts'

/** A plan in exact powers, and what the station's own terms make of it. */
export interface RoundingTask {
  readonly slots: number
  /** What is left of each slot. */
  readonly hours: (slot: number) => number
  readonly cars: readonly {
    readonly station: number
    readonly maxPower: number
    readonly terms: SetPointTerms
    readonly departSlot: number
  }[]
  /** W, at `car * slots + slot`; within all limits. */
  readonly planned: Float64Array
  /** W of the site, then of each station, at `node * slots + slot`. */
  readonly limits: Float64Array
}

/** W in each slot, and for what share of the slot: the last of a car's energy may need less than a whole one. At `car * slots + slot`. */
export interface SetPoints {
  readonly power: Float64Array
  readonly share: Float64Array
}

const WORTH_A_TURN_WH = 50

/** The highest power in a station's terms that is not above what is allowed; 0 is a pause. */
export const inTerms = ({ minimum, step }: SetPointTerms, allowed: number): number => {
  const whole = Math.floor(allowed / step + 1e-9) * step
  return whole + 1e-9 < minimum ? 0 : whole
}

/**
 * Puts a plan into whole steps, at the minimum or above, or pauses. Powers are first rounded down, so that no limit is ever
 * exceeded; what a car loses by that is owed to it, and given where a step still fits under every limit: those first who are
 * owed most. A share below the minimum thus becomes turns at the minimum.
 */
export const roundSetPoints = ({ slots, hours, cars, planned, limits }: RoundingTask): SetPoints => {
  const power = new Float64Array(cars.length * slots)
  const share = new Float64Array(cars.length * slots).fill(1)
  const owed = cars.map(() => 0)
  const lastSlot = cars.map((_, car) => {
    let last = -1
    for (let slot = 0; slot < slots; slot++) if (planned[car * slots + slot]! > 0) last = slot
    return last
  })
  for (let slot = 0; slot < slots; slot++) {
    const length = hours(slot)
    const headroom = (station: number) => Math.min(left(0), left(station + 1))
    const used = new Map<number, number>()
    const left = (node: number) => limits[node * slots + slot]! - (used.get(node) ?? 0)
    const take = (car: number, watts: number) => {
      const { station } = cars[car]!
      for (const node of [0, station + 1]) used.set(node, (used.get(node) ?? 0) + watts)
      power[car * slots + slot]! += watts
    }
    for (const [car, { terms, maxPower }] of cars.entries()) {
      const wanted = planned[car * slots + slot]! + Math.min(0, owed[car]!) / length
      take(car, inTerms(terms, Math.min(maxPower, wanted)))
    }
    const order = [...cars.keys()]
      .filter((car) => slot < cars[car]!.departSlot && lastSlot[car]! >= 0)
      .sort((a, b) => owed[b]! - owed[a]! || a - b)
    for (const car of order) {
      const { station, terms, maxPower } = cars[car]!
      const at = car * slots + slot
      const wanted = planned[at]! + owed[car]! / length
      const isLast = slot >= lastSlot[car]!
      // What is owed after the last planned slot is still given; a bit of it is not worth another turn.
      const isDue = planned[at]! > 0 || (isLast && owed[car]! >= WORTH_A_TURN_WH)
      if (!isDue || wanted <= power[at]!) continue
      const most = Math.min(maxPower, power[at]! + headroom(station))
      const down = inTerms(terms, Math.min(most, wanted))
      const up = Math.max(terms.minimum, Math.ceil(wanted / terms.step - 1e-9) * terms.step)
      if (isLast && up <= most + 1e-9) {
        take(car, up - power[at]!)
        share[at] = Math.min(1, wanted / up)
      } else if (down > power[at]!) take(car, down - power[at]!)
      else if (power[at] === 0 && terms.minimum <= most + 1e-9 && wanted >= terms.minimum / 2) take(car, terms.minimum)
    }
    for (const car of cars.keys()) {
      const at = car * slots + slot
      owed[car]! += (planned[at]! - power[at]! * share[at]!) * length
    }
  }
  return { power, share }
}
