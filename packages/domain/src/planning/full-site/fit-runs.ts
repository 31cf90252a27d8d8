import { roomFor, setPower, stepDown, stepUp } from './draft.ts'
import { type Guide, surchargeOf } from './fit-car.ts'
import type { ModelCar } from './full-model.ts'
import { rowOf } from './price-tables.ts'

/** What a slot offers a car whose runs are limited; `most` is 0 where it cannot charge. */
interface Offer {
  readonly mode: number
  readonly least: number
  readonly most: number
  readonly price: number
}

const offersFor = (guide: Guide, car: ModelCar): readonly Offer[] => {
  const { model, draft, table, peak } = guide
  return Array.from({ length: car.depart - car.arrive }, (_, at) => {
    const slot = car.arrive + at
    let best: Offer = { mode: 0, least: 0, most: 0, price: 0 }
    for (const [index, mode] of car.modes.entries()) {
      const most = stepDown(mode, roomFor(model, draft, { node: car.node, slot, kind: mode.kind, peak }))
      if (most > best.most)
        best = {
          mode: index,
          least: mode.least,
          most,
          price: table[rowOf(car.node, mode.kind, model.slots) + slot]! + surchargeOf(guide, slot, most),
        }
    }
    return best
  })
}

const gainOf = ({ least, most, price }: Offer, worth: number): number =>
  most === 0 ? Number.POSITIVE_INFINITY : (price - worth) * (price < worth ? most : least)

/** Tables of one car's runs: value by state, and from which state each was reached in each slot. */
interface RunTables {
  readonly states: number
  readonly value: Float64Array
  readonly next: Float64Array
  readonly came: Int16Array
}

/** A state is how many runs have begun, and how long the present one is: 0 for none, `leastRun` for that or more. */
const openTables = (car: ModelCar, slots: number): RunTables => {
  const states = (Math.min(car.mostRuns, Math.ceil(slots / 2)) + 1) * (car.leastRun + 1)
  return { states, value: new Float64Array(states), next: new Float64Array(states), came: new Int16Array(states * slots) }
}

/** Values after one more slot, from each state: rest, begin, go on, end. */
const advance = (
  { states, value, next, came }: RunTables,
  at: { readonly slot: number; readonly gain: number; readonly leastRun: number },
): void => {
  const { slot, gain, leastRun } = at
  const width = leastRun + 1
  for (let state = 0; state < states; state++) {
    const length = state % width
    // Resting follows rest, or a run that is long enough; the first slot of a run follows rest after the run before.
    const [from, other] =
      length === 0
        ? [state, state + leastRun]
        : length === 1
          ? [state - width - 1, leastRun === 1 ? state : -1]
          : [state - 1, length === leastRun ? state : -1]
    const cost = length === 0 ? 0 : gain
    const [first, second] = [from >= 0 ? value[from]! : Number.POSITIVE_INFINITY, other >= 0 ? value[other]! : Number.POSITIVE_INFINITY]
    next[state] = Math.min(first, second) + cost
    came[slot * states + state] = first <= second ? from : other
  }
  value.set(next)
}

/** Which slots to charge in when a kWh is worth so much: the cheapest set of at most so many runs of a least length. */
const chooseRuns = (
  car: ModelCar,
  offers: readonly Offer[],
  at: { readonly worth: number; readonly tables: RunTables },
): readonly boolean[] => {
  const { states, value, came } = at.tables
  const width = car.leastRun + 1
  value.fill(Number.POSITIVE_INFINITY)
  value[0] = 0
  for (const [slot, offer] of offers.entries()) advance(at.tables, { slot, gain: gainOf(offer, at.worth), leastRun: car.leastRun })
  let best = 0
  for (let state = 0; state < states; state++)
    if ((state % width === 0 || state % width === car.leastRun) && value[state]! < value[best]!) best = state
  const isOn = new Array<boolean>(offers.length).fill(false)
  for (let slot = offers.length - 1; slot >= 0; slot--) {
    isOn[slot] = best % width > 0
    best = came[slot * states + best]!
  }
  return isOn
}

const deliverable = (offers: readonly Offer[], isOn: readonly boolean[]): number =>
  offers.reduce((sum, { most }, at) => sum + (isOn[at] ? most : 0), 0)

const SEARCHES = 14

/** Puts a car that may not pause at will into a draft: the least worth of a kWh at which its runs hold what it needs, then no more than that. */
export const fitRuns = (guide: Guide, index: number): void => {
  const { model, draft } = guide
  const car = model.cars[index]!
  const offers = offersFor(guide, car)
  let [low, high] = [Math.min(0, ...offers.map(({ price }) => price)), car.shortfallPrice]
  const tables = openTables(car, offers.length)
  let chosen = chooseRuns(car, offers, { worth: high, tables })
  for (let search = 0; search < SEARCHES; search++) {
    const worth = (low + high) / 2
    const trial = chooseRuns(car, offers, { worth, tables })
    if (deliverable(offers, trial) >= car.need) {
      high = worth
      chosen = trial
    } else low = worth
  }
  const slots = [...chosen.keys()].filter((at) => chosen[at])
  const power = new Map(slots.map((at) => [at, offers[at]!.most]))
  let over = slots.reduce((sum, at) => sum + power.get(at)!, 0) - car.need
  // Less in the dearest slots first, down to the least power that keeps the run.
  for (const at of slots.sort((a, b) => offers[b]!.price - offers[a]!.price || b - a)) {
    if (over <= 0) break
    const { mode, most } = offers[at]!
    const watts = stepUp(car.modes[mode]!, Math.max(car.modes[mode]!.least, most - over))
    power.set(at, watts)
    over -= most - watts
  }
  if (over > car.most - car.need) return
  for (const [at, watts] of power) setPower(model, draft, { car: index, slot: car.arrive + at, mode: offers[at]!.mode, watts })
}
