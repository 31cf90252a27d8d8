import type { FullSiteCar, FullSiteProblem } from './full-site-problem.ts'
import { carRoomAt, type Drawing, drawingsOf, hoursOf, needOf, withoutCars } from './full-site-rules.ts'

/** What a car can get in some number of slots: from the least on in steps, to the most. */
interface Energies {
  readonly least: number
  readonly most: number
  readonly step: number
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b))
const sumOf = (powers: readonly number[]): number => powers.reduce((sum, power) => sum + power, 0)

/** What the site leaves a car in each slot of its window when import may be `high` at most, falling. */
const roomsOf = (problem: FullSiteProblem, { arriveSlot, departSlot }: FullSiteCar, high: number): readonly number[] =>
  problem.pricePerKwh
    .map((_, slot) => Math.min(carRoomAt(problem, slot).most, high - withoutCars(problem, slot)))
    .slice(arriveSlot, departSlot)
    .sort((a, b) => b - a)

/** The greatest power of a way to draw that fits; zero where not even its least does. */
const fitting = ({ least, step, most }: Drawing, room: number): number =>
  room < least ? 0 : least + Math.floor((Math.min(room, most) - least) / step) * step

/**
 * What a car can get in so many slots, below the rooms that they have: in each way to draw alone, and in both. Then one slot at least has
 * no more than the weaker way holds, and one no less than the least of the stronger.
 */
const energiesIn = (slots: number, drawings: readonly Drawing[], rooms: readonly number[]): readonly Energies[] => {
  const best = rooms.slice(0, slots)
  const alone = drawings
    .filter(({ least }) => best.at(-1)! >= least)
    .map((one): Energies => ({ least: slots * one.least, most: sumOf(best.map((room) => fitting(one, room))), step: one.step }))
  if (drawings.length === 1 || slots === 1) return alone
  const leasts = drawings.map(({ least }) => least)
  if (best[0]! < Math.max(...leasts) || best.at(-1)! < Math.min(...leasts)) return alone
  const either = best.slice(0, -1).map((room) => Math.max(...drawings.map((one) => fitting(one, room))))
  const mixed = {
    least: (slots - 1) * Math.min(...leasts) + Math.max(...leasts),
    most: sumOf(either) + Math.min(...drawings.map((one) => fitting(one, best[0]!))),
    step: drawings.flatMap((one) => [one.least, one.step]).reduce(commonDivisor),
  }
  return [...alone, mixed]
}

/**
 * Least that a car must pay for what it gets and for the slots in which it gets it, with what it lacks at its price: in so many slots it
 * gets no less than its least power in each, no more than the best of them hold below the peak, and only what its steps can make.
 * @param at `price` of a kWh, `on` of a slot in watt-slots times micros, and the highest import in W
 * @returns watt-slots times micros
 */
export const countsBound = (
  problem: FullSiteProblem,
  car: FullSiteCar,
  at: { readonly price: number; readonly on: number; readonly high: number; readonly shortfallPrice: number },
): number => {
  const { inSteps, most } = needOf(car, hoursOf(problem))
  const drawings = drawingsOf(car)
  const rooms = roomsOf(problem, car, at.high)
  const cost = (energy: number, slots: number) => at.price * energy + at.on * slots + at.shortfallPrice * Math.max(0, inSteps - energy)
  let bound = cost(0, 0)
  for (let slots = 1; slots <= rooms.length; slots++)
    for (const one of energiesIn(slots, drawings, rooms)) {
      const top = one.least + Math.floor((Math.min(one.most, most) - one.least) / one.step) * one.step
      if (top < one.least) continue
      // Linear on either side of what it needs, so that the least is at an end or next to there.
      const below = one.least + Math.floor((inSteps - one.least) / one.step) * one.step
      const near = [below, below + one.step].filter((energy) => energy > one.least && energy < top)
      bound = Math.min(bound, ...[one.least, ...near, top].map((energy) => cost(energy, slots)))
    }
  return bound
}
