import type { FullModel, ModelCar } from './full-model.ts'

/** What a car wants at the prices of a case: energy in W over one slot, and slots in which it charges; and what they are worth. */
export interface Wanted {
  readonly energy: number
  readonly slotsOn: number
  readonly worth: number
}

/** How much a car can get at most in so many slots, by their number, when import is `high` at most: the best ones first. */
export const mostInSlots = ({ base, siteMost }: FullModel, { arrive, depart, modes }: ModelCar, high: number): Float64Array => {
  const powers: number[] = []
  for (let slot = arrive; slot < depart; slot++) {
    const room = Math.min(siteMost[slot]!, high - base[slot]!)
    let power = 0
    for (const { least, step, most } of modes)
      if (room >= least) power = Math.max(power, least + Math.floor((Math.min(room, most) - least) / step) * step)
    if (power > 0) powers.push(power)
  }
  powers.sort((a, b) => b - a)
  const most = new Float64Array(powers.length + 1)
  for (const [at, power] of powers.entries()) most[at + 1] = most[at]! + power
  return most
}

/** Energy and slots of a car that are worth least together, what it lacks counted in: in so many slots it gets no less and no more than they can hold. */
export const leastWanted = (
  { modes, needInSteps, most, shortfallPrice }: ModelCar,
  inSlots: Float64Array,
  at: { readonly price: number; readonly on: number },
): Wanted => {
  const least = Math.min(...modes.map((mode) => mode.least))
  let best: Wanted = { energy: 0, slotsOn: 0, worth: shortfallPrice * needInSteps }
  for (let slotsOn = 1; slotsOn < inSlots.length && slotsOn * least <= most; slotsOn++) {
    const [from, to] = [slotsOn * least, Math.min(most, inSlots[slotsOn]!)]
    // Linear on either side of what it needs.
    for (const energy of [from, Math.min(to, Math.max(from, needInSteps)), to]) {
      const worth = at.price * energy + at.on * slotsOn + shortfallPrice * Math.max(0, needInSteps - energy)
      if (worth < best.worth) best = { energy, slotsOn, worth }
    }
  }
  return best
}
