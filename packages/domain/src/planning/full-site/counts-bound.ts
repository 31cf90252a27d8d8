import type { FullSiteCar, FullSiteProblem } from './full-site-problem.ts'
import { carRoomAt, drawingsOf, hoursOf, needOf, withoutCars } from './full-site-rules.ts'

/** The greatest power of a car in a slot when import may be `high` at most; zero where not even its least fits. */
const mostAt = (problem: FullSiteProblem, car: FullSiteCar, at: { readonly slot: number; readonly high: number }): number => {
  const room = Math.min(carRoomAt(problem, at.slot).most, at.high - withoutCars(problem, at.slot))
  const powers = drawingsOf(car).map(({ least, step, most }) =>
    room < least ? 0 : least + Math.floor((Math.min(room, most) - least) / step) * step,
  )
  return Math.max(...powers)
}

/**
 * Least that a car must pay for what it gets and for the slots in which it gets it, with what it lacks at its price: in so many slots it
 * gets no less than its least power in each, and no more than the best of them hold below the peak.
 * @param at `price` of a kWh, `on` of a slot in watt-slots times micros, and the highest import in W
 * @returns watt-slots times micros
 */
export const countsBound = (
  problem: FullSiteProblem,
  car: FullSiteCar,
  at: { readonly price: number; readonly on: number; readonly high: number; readonly shortfallPrice: number },
): number => {
  const { inSteps, most } = needOf(car, hoursOf(problem))
  const least = Math.min(...drawingsOf(car).map((drawing) => drawing.least))
  const powers: number[] = []
  for (let slot = car.arriveSlot; slot < car.departSlot; slot++) powers.push(mostAt(problem, car, { slot, high: at.high }))
  const usable = powers.filter((power) => power > 0).sort((a, b) => b - a)
  const cost = (energy: number, slots: number) => at.price * energy + at.on * slots + at.shortfallPrice * Math.max(0, inSteps - energy)
  let [bound, reach] = [cost(0, 0), 0]
  for (const [index, power] of usable.entries()) {
    const slots = index + 1
    reach += power
    if (slots * least > most) break
    // Linear on either side of what it needs, so that the least is at an end or there.
    const ends = [slots * least, Math.min(reach, most)]
    if (inSteps > ends[0]! && inSteps < ends[1]!) ends.push(inSteps)
    bound = Math.min(bound, ...ends.map((energy) => cost(energy, slots)))
  }
  return bound
}
