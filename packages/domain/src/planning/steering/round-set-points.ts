import type { SetPointTerms } from './steered-site.ts'

export interface RoundedCar {
  readonly station: number
  readonly maxPower: number
  readonly terms: SetPointTerms
  readonly departSlot: number
  readonly isPromised: boolean
  /** False in slots that cost its driver more than was promised. */
  readonly isOpen: (slot: number) => boolean
}

/** A plan in exact powers, and what the station's own terms make of it. */
export interface RoundingTask {
  readonly slots: number
  /** What a car can use of a slot. */
  readonly hours: (car: number, slot: number) => number
  readonly cars: readonly RoundedCar[]
  /** W, at `car * slots + slot`; within all limits. */
  readonly planned: Float64Array
  /** W of the site, then of each station, at `node * slots + slot`. */
  readonly limits: Float64Array
}

/** W in each slot, and for what share of the slot: the last of a car's energy may need less than a whole one. At `car * slots + slot`. */
export interface SetPoints {
  readonly power: Float64Array
  readonly share: Float64Array
  /** Phases in use, where cars can be switched. */
  readonly phases?: Uint8Array
}

/** What is owed at the end is given in a turn of its own when it is worth one; before the end, a longer turn. */
const WORTH_A_TURN_WH = 50
const TURN_HOURS = 0.25

/** The highest power in a station's terms that is not above what is allowed; 0 is a pause. */
export const inTerms = ({ minimum, step }: SetPointTerms, allowed: number): number => {
  const whole = Math.floor(allowed / step + 1e-9) * step
  return whole + 1e-9 < minimum ? 0 : whole
}

/** One slot as it fills up. */
interface SlotBook {
  /** What is left under a station and the site. */
  readonly headroom: (station: number) => number
  readonly powerOf: (car: number) => number
  /** More power for a car, or less of it. */
  readonly add: (car: number, watts: number) => void
}

const openBook = ({ slots, cars, limits }: RoundingTask, slot: number, power: Float64Array): SlotBook => {
  const left = Float64Array.from({ length: limits.length / slots }, (_, node) => limits[node * slots + slot]!)
  return {
    headroom: (station) => Math.min(left[0]!, left[station + 1]!),
    powerOf: (car) => power[car * slots + slot]!,
    add: (car, watts) => {
      power[car * slots + slot]! += watts
      left[0]! -= watts
      left[cars[car]!.station + 1]! -= watts
    },
  }
}

/** Takes power from others, down to their minimum at most, so that a promised car that is owed much can have its own. */
const makeRoom = (
  { cars }: RoundingTask,
  book: SlotBook,
  { car, owed }: { readonly car: number; readonly owed: readonly number[] },
): void => {
  const { station, terms } = cars[car]!
  const needed = () => terms.minimum - book.headroom(station)
  const isBelow = (other: number) => other !== car && cars[other]!.station === station && book.powerOf(other) > 0
  const spare = (other: number) => book.powerOf(other) - cars[other]!.terms.minimum
  const givers = [...cars.keys()]
    .filter((other) => isBelow(other) && spare(other) > 0)
    .sort((a, b) => Number(cars[a]!.isPromised) - Number(cars[b]!.isPromised) || owed[a]! - owed[b]!)
  const possible = givers.reduce((sum, other) => sum + Math.floor(spare(other) / cars[other]!.terms.step) * cars[other]!.terms.step, 0)
  if (possible < needed()) return
  for (const other of givers) {
    if (needed() <= 1e-9) return
    const { step } = cars[other]!.terms
    const given = Math.min(Math.floor(spare(other) / step + 1e-9) * step, Math.ceil(needed() / step - 1e-9) * step)
    book.add(other, -given)
  }
}

interface Due {
  readonly car: number
  /** Planned and owed. */
  readonly wanted: number
  readonly isLast: boolean
  /** Plans are in whole Wh: what one makes in this slot is no reason to go a step down. */
  readonly slack: number
}

/** Gives a car what is due to it, as far as it fits. @returns the share of the slot that it is to run */
const settle = (task: RoundingTask, book: SlotBook, { car, wanted, isLast, slack }: Due): number => {
  const { station, terms, maxPower } = task.cars[car]!
  const has = book.powerOf(car)
  const most = Math.min(maxPower, has + book.headroom(station))
  const down = inTerms(terms, Math.min(most, wanted + slack))
  const up = Math.max(terms.minimum, Math.ceil(wanted / terms.step - 1e-9) * terms.step)
  if (isLast && up <= most + 1e-9) {
    book.add(car, up - has)
    return Math.min(1, wanted / up)
  }
  if (down > has) book.add(car, down - has)
  else if (has === 0 && terms.minimum <= most + 1e-9 && wanted >= terms.minimum / 2) book.add(car, terms.minimum)
  return 1
}

/**
 * Puts a plan into whole steps, at the minimum or above, or pauses. Powers are first rounded down, so that no limit is ever
 * exceeded; what a car loses by that is owed to it, and given where a step still fits under every limit: those first who are
 * owed most. A share below the minimum thus becomes turns at the minimum.
 */
export const roundSetPoints = (task: RoundingTask): SetPoints => {
  const { slots, hours, cars, planned } = task
  const power = new Float64Array(cars.length * slots)
  const share = new Float64Array(cars.length * slots).fill(1)
  const owed = cars.map(() => 0)
  const lastSlot = cars.map((_, car) => planned.subarray(car * slots, (car + 1) * slots).findLastIndex((watts) => watts > 0))
  // Who leaves within a slot draws its share of it in less time, and so more than the plan's sum knows of: it has its power first.
  const byDeparture = [...cars.keys()].sort((a, b) => cars[a]!.departSlot - cars[b]!.departSlot || a - b)
  // What one got too much is set off when it is worth a step.
  const counted = (car: number) => (owed[car]! < 0 && owed[car]! > -WORTH_A_TURN_WH ? 0 : owed[car]!)
  for (let slot = 0; slot < slots; slot++) {
    const book = openBook(task, slot, power)
    for (const car of byDeparture) {
      const { terms, maxPower, station } = cars[car]!
      const wanted = planned[car * slots + slot]! + Math.min(0, counted(car)) / hours(car, slot)
      book.add(car, inTerms(terms, Math.min(maxPower, wanted, book.headroom(station))))
    }
    const there = [...cars.keys()].filter((car) => slot < cars[car]!.departSlot && lastSlot[car]! >= 0)
    for (const car of there.sort((a, b) => owed[b]! - owed[a]! || a - b)) {
      const at = car * slots + slot
      const { isPromised, isOpen, terms } = cars[car]!
      const length = hours(car, slot)
      const wanted = planned[at]! + counted(car) / length
      const isLast = slot >= lastSlot[car]!
      const isLate = isLast ? wanted * length >= WORTH_A_TURN_WH : owed[car]! >= terms.minimum * TURN_HOURS
      if (wanted <= power[at]! || !(planned[at]! > 0 || (isLate && isOpen(slot)))) continue
      if (isPromised && isLate && power[at] === 0 && book.headroom(cars[car]!.station) < terms.minimum) makeRoom(task, book, { car, owed })
      share[at] = settle(task, book, { car, wanted, isLast, slack: 1 / length })
    }
    for (const car of cars.keys()) {
      const at = car * slots + slot
      owed[car]! += (planned[at]! - power[at]! * share[at]!) * hours(car, slot)
    }
  }
  return { power, share }
}
