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

/**
 * Which slots to charge in when a kWh is worth so much: the cheapest set of at most so many runs of a least length.
 * By slot, runs begun, and slots into the run; the way there is kept to be read back.
 */
const chooseRuns = (car: ModelCar, offers: readonly Offer[], worth: number): readonly boolean[] => {
  const slots = offers.length
  const runs = Math.min(car.mostRuns, Math.ceil(slots / 2))
  const states = (runs + 1) * (car.leastRun + 1)
  const state = (run: number, length: number) => run * (car.leastRun + 1) + length
  let value = new Float64Array(states).fill(Number.POSITIVE_INFINITY)
  value[0] = 0
  const came = new Int32Array(states * slots).fill(-1)
  for (let slot = 0; slot < slots; slot++) {
    const next = new Float64Array(states).fill(Number.POSITIVE_INFINITY)
    const go = (from: number, to: number, cost: number) => {
      if (!(value[from]! + cost < next[to]!)) return
      next[to] = value[from]! + cost
      came[slot * states + to] = from
    }
    const gain = gainOf(offers[slot]!, worth)
    for (let run = 0; run <= runs; run++) {
      go(state(run, 0), state(run, 0), 0)
      if (run < runs) go(state(run, 0), state(run + 1, 1), gain)
      for (let length = 1; length < car.leastRun; length++) go(state(run, length), state(run, length + 1), gain)
      go(state(run, car.leastRun), state(run, car.leastRun), gain)
      go(state(run, car.leastRun), state(run, 0), 0)
    }
    value = next
  }
  let at = 0
  for (let run = 0; run <= runs; run++)
    for (const length of [0, car.leastRun]) if (value[state(run, length)]! < value[at]!) at = state(run, length)
  const isOn = new Array<boolean>(slots).fill(false)
  for (let slot = slots - 1; slot >= 0; slot--) {
    isOn[slot] = at % (car.leastRun + 1) > 0
    at = came[slot * states + at]!
  }
  return isOn
}

const deliverable = (offers: readonly Offer[], isOn: readonly boolean[]): number =>
  offers.reduce((sum, { most }, at) => sum + (isOn[at] ? most : 0), 0)

const SEARCHES = 24

/** Puts a car that may not pause at will into a draft: the least worth of a kWh at which its runs hold what it needs, then no more than that. */
export const fitRuns = (guide: Guide, index: number): void => {
  const { model, draft } = guide
  const car = model.cars[index]!
  const offers = offersFor(guide, car)
  let [low, high] = [Math.min(0, ...offers.map(({ price }) => price)), car.shortfallPrice]
  let chosen = chooseRuns(car, offers, high)
  for (let search = 0; search < SEARCHES; search++) {
    const worth = (low + high) / 2
    const trial = chooseRuns(car, offers, worth)
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
