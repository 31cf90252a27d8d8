import { roomFor, setPower, stepDown, stepUp } from './draft.ts'
import type { ModelCar } from './full-model.ts'
import type { Guide } from './guide.ts'
import { keepTrack } from './phase-track.ts'
import { polishRuns, type RunOffer } from './polish-runs.ts'
import { rowOf } from './price-tables.ts'

const offersFor = (guide: Guide, car: ModelCar, track: Uint8Array | undefined): readonly RunOffer[] => {
  const { model, draft, table, peak } = guide
  return Array.from({ length: car.depart - car.arrive }, (_, at) => {
    const slot = car.arrive + at
    let best: RunOffer = { mode: 0, least: 0, most: 0, price: 0, turn: 0, low: 0, high: 0 }
    for (const [index, mode] of car.modes.entries()) {
      if (track && track[at] !== index) continue
      const most = stepDown(mode, roomFor(model, draft, { node: car.node, slot, kind: mode.kind, peak }))
      if (most <= best.most) continue
      const price = table[rowOf(car.node, mode.kind, model.slots) + slot]! - guide.market[slot]!
      const turn = Math.max(0, -model.base[slot]! - draft.load[slot]!)
      const [low, high] = [price + model.fedIn[slot]!, price + model.imported[slot]!]
      best = {
        mode: index,
        least: mode.least,
        most,
        price: (Math.min(most, turn) * low + Math.max(0, most - turn) * high) / most,
        turn,
        low,
        high,
      }
    }
    return best
  })
}

const gainOf = ({ least, most, price }: RunOffer, worth: number): number =>
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
  offers: readonly RunOffer[],
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

const deliverable = (offers: readonly RunOffer[], isOn: readonly boolean[]): number =>
  offers.reduce((sum, { most }, at) => sum + (isOn[at] ? most : 0), 0)

/** Powers of chosen slots that hold a need, and what they cost; undefined where they hold too little or cannot hold so little. */
interface Filled {
  readonly power: Int32Array
  readonly cost: number
}

/** Takes whole slots off the ends of runs, the dearest first, while that leaves the need and runs that are long enough. */
const dropEnds = (car: ModelCar, offers: readonly RunOffer[], power: Int32Array): void => {
  for (let over = power.reduce((sum, watts) => sum + watts, 0) - car.need; over > 0; ) {
    let end = -1
    for (const [at, watts] of power.entries()) {
      if (watts === 0 || watts > over || (power[at - 1] ?? 0) * (power[at + 1] ?? 0) > 0) continue
      const inwards = (power[at + 1] ?? 0) > 0 ? 1 : -1
      let length = 1
      while ((power[at + inwards * length] ?? 0) > 0) length++
      if ((length > car.leastRun || length === 1) && (end < 0 || offers[at]!.price > offers[end]!.price)) end = at
    }
    if (end < 0) return
    over -= power[end]!
    power[end] = 0
  }
}

/** Less power in the dearest slots, down to the least that keeps a run. */
const trim = (car: ModelCar, offers: readonly RunOffer[], power: Int32Array): void => {
  let over = power.reduce((sum, watts) => sum + watts, 0) - car.need
  const dearest = [...power.keys()].filter((at) => power[at]! > 0).sort((a, b) => offers[b]!.price - offers[a]!.price || b - a)
  for (const at of dearest) {
    if (over <= 0) break
    const mode = car.modes[offers[at]!.mode]!
    const watts = stepUp(mode, Math.max(mode.least, power[at]! - over))
    over -= power[at]! - watts
    power[at] = watts
  }
}

/** The cheaper of two ways to bring chosen slots down to the need: whole slots first, or power first. */
const fill = (car: ModelCar, offers: readonly RunOffer[], isOn: readonly boolean[]): Filled | undefined => {
  const full = Int32Array.from(offers, ({ most }, at) => (isOn[at] ? most : 0))
  if (full.reduce((sum, watts) => sum + watts, 0) < car.need) return undefined
  let best: Filled | undefined
  for (const steps of [
    [dropEnds, trim],
    [trim, dropEnds, trim],
  ]) {
    const power = full.slice()
    for (const step of steps) step(car, offers, power)
    if (power.reduce((sum, watts) => sum + watts, 0) > car.most) continue
    const cost = power.reduce((sum, watts, at) => sum + watts * offers[at]!.price, 0)
    if (!best || cost < best.cost) best = { power, cost }
  }
  return best
}

const SEARCHES = 12
/** Where runs cannot be had in part, the least worth that holds the need is not always the cheapest: so many more are tried above it. */
const MORE = 4

/** Puts a car that may not pause at will into a draft: the worth of a kWh is searched at which its runs hold what it needs at least cost. */
export const fitRuns = (guide: Guide, index: number): void => {
  const car = guide.model.cars[index]!
  const offers = offersFor(guide, car, car.hold && keepTrack(guide, index))
  const tables = openTables(car, offers.length)
  let best: Filled | undefined
  let last: readonly boolean[] | undefined
  const holds = (worth: number): boolean => {
    const isOn = chooseRuns(car, offers, { worth, tables })
    // Most steps of the search end at runs that were there before.
    const isNew = !last || isOn.some((on, at) => on !== last![at])
    const filled = isNew ? fill(car, offers, isOn) : undefined
    if (filled && (!best || filled.cost < best.cost)) best = filled
    if (isNew) last = isOn
    return deliverable(offers, isOn) >= car.need
  }
  const prices = offers.map(({ price }) => price)
  const [cheapest, dearest] = [Math.min(...prices), Math.max(...prices)]
  let [low, high] = [Math.min(0, cheapest), car.shortfallPrice]
  if (!holds(high)) {
    fillWhatThereIs(guide, index, offers)
    return
  }
  for (let search = 0; search < SEARCHES; search++) {
    const worth = (low + high) / 2
    if (holds(worth)) high = worth
    else low = worth
  }
  for (let more = 1; more <= MORE; more++) holds(high + ((dearest - cheapest) * more) / MORE)
  if (best) setAll(guide, index, { offers, power: polishRuns(car, offers, best.power) })
}

const setAll = ({ model, draft }: Guide, index: number, at: { readonly offers: readonly RunOffer[]; readonly power: Int32Array }): void => {
  for (const [slot, watts] of at.power.entries())
    if (watts > 0) setPower(model, draft, { car: index, slot: model.cars[index]!.arrive + slot, mode: at.offers[slot]!.mode, watts })
}

/** Where no runs hold the need, those that hold most. */
const fillWhatThereIs = (guide: Guide, index: number, offers: readonly RunOffer[]): void => {
  const car = guide.model.cars[index]!
  const isOn = chooseRuns(car, offers, { worth: car.shortfallPrice, tables: openTables(car, offers.length) })
  setAll(guide, index, { offers, power: Int32Array.from(offers, ({ most }, at) => (isOn[at] ? most : 0)) })
}
