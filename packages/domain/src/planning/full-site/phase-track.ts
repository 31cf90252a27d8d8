import type { ModelCar, ModelHold } from './full-model.ts'
import type { Guide } from './guide.ts'
import { offersIn, PIECES } from './slot-offers.ts'

/** W x micros per kWh, as gains are: so little that it only decides between tracks that are worth the same. Then the car is switched less often. */
const PER_SWITCH = 1

/**
 * What a car can have, at `(slot * 2 + mode) * PIECES`, and tables of the search by which mode it is in and how many slots since the last
 * switch, as one number; of the latter no more than the hold is told apart.
 */
interface TrackSearch {
  readonly hold: ModelHold
  readonly window: number
  readonly price: Float64Array
  readonly watts: Float64Array
  readonly value: Float64Array
  readonly next: Float64Array
  /** From which state each was reached, at `slot * states + state`. */
  readonly came: Int32Array
}

const openSearch = (guide: Guide, car: ModelCar, hold: ModelHold): TrackSearch => {
  const window = car.depart - car.arrive
  const price = new Float64Array(2 * PIECES * window)
  const watts = new Float64Array(2 * PIECES * window)
  for (let at = 0; at < 2 * window; at++)
    for (const [piece, offer] of offersIn(guide, car, { slot: car.arrive + (at >> 1), mode: at & 1 }).entries()) {
      price[at * PIECES + piece] = offer.price
      watts[at * PIECES + piece] = offer.watts
    }
  const states = 2 * hold.slots
  const tables = { value: new Float64Array(states), next: new Float64Array(states), came: new Int32Array(states * window) }
  return { hold, window, price, watts, ...tables }
}

/** What all that is cheaper than its worth gains in a slot and mode. */
const gainOf = ({ price, watts }: TrackSearch, at: number, worth: number): number => {
  let gain = 0
  for (let piece = at * PIECES; piece < (at + 1) * PIECES; piece++) gain += Math.min(0, (price[piece]! - worth) * watts[piece]!)
  return gain
}

/** Values before the window: in the mode in use, and long enough there that nothing but `heldFor` forbids a switch. */
const begin = ({ hold: { slots, before }, value }: TrackSearch): void => {
  value.fill(Number.POSITIVE_INFINITY)
  for (const mode of [0, 1]) if (before === undefined || before === mode) value[mode * slots + slots - 1] = 0
}

/** Values after one more slot: on in the same mode, or switched where that has been held for long enough. */
const advance = ({ hold, value, next, came }: TrackSearch, slot: number, gains: readonly [number, number]): void => {
  const { slots, heldFor, before } = hold
  const reach = (state: number, from: number, cost: number) => {
    if (cost >= next[state]!) return
    next[state] = cost
    came[slot * 2 * slots + state] = from
  }
  // To begin in either mode is no switch.
  const maySwitch = slot >= heldFor && (slot > 0 || before !== undefined)
  next.fill(Number.POSITIVE_INFINITY)
  for (let from = 0; from < 2 * slots; from++) {
    const [mode, held] = from < slots ? [0, from] : [1, from - slots]
    if (value[from] === Number.POSITIVE_INFINITY) continue
    reach(held === slots - 1 ? from : from + 1, from, value[from]! + gains[mode]!)
    if (maySwitch && held === slots - 1) reach((1 - mode) * slots, from, value[from]! + gains[1 - mode]! + PER_SWITCH)
  }
  value.set(next)
}

/** The best track of a car that may only be switched after a while. */
const trackOfStates = (search: TrackSearch, worth: number): Uint8Array => {
  const { hold, window, value, came } = search
  begin(search)
  for (let slot = 0; slot < window; slot++) advance(search, slot, [gainOf(search, 2 * slot, worth), gainOf(search, 2 * slot + 1, worth)])
  let state = 0
  for (let other = 1; other < value.length; other++) if (value[other]! < value[state]!) state = other
  const track = new Uint8Array(window)
  for (let slot = window - 1; slot >= 0; slot--) {
    track[slot] = state < hold.slots ? 0 : 1
    state = came[slot * value.length + state]!
  }
  return track
}

/** The best track of a car that may be switched at will: each slot by itself. */
const trackOfSlots = (search: TrackSearch, worth: number): Uint8Array => {
  const track = new Uint8Array(search.window)
  for (let slot = 0; slot < track.length; slot++)
    track[slot] = gainOf(search, 2 * slot + 1, worth) < gainOf(search, 2 * slot, worth) ? 1 : 0
  return track
}

/** The best track when a kWh is worth so much. @returns it, and the W that it can take of what is worth it */
const trackAt = (search: TrackSearch, worth: number): { readonly track: Uint8Array; readonly total: number } => {
  const { hold, window, price, watts } = search
  const track = hold.slots === 1 && hold.heldFor === 0 ? trackOfSlots(search, worth) : trackOfStates(search, worth)
  let total = 0
  for (let slot = 0; slot < window; slot++) {
    const from = (2 * slot + track[slot]!) * PIECES
    for (let piece = from; piece < from + PIECES; piece++) if (price[piece]! < worth) total += watts[piece]!
  }
  return { track, total }
}

const SEARCHES = 12

/** The track of the least worth of a kWh at which it holds the need; where none does, the one that holds most. */
const chooseTrack = (guide: Guide, car: ModelCar, hold: ModelHold): Uint8Array => {
  const search = openSearch(guide, car, hold)
  const all = trackAt(search, car.shortfallPrice)
  if (all.total < car.need) return all.track
  let best = all.track
  // Above the dearest price all is worth it, and only how much it is matters.
  const [cheapest, dearest] = [Math.min(0, ...search.price), Math.max(0, ...search.price)]
  let [low, high] = [cheapest, Math.min(car.shortfallPrice, dearest + (dearest - cheapest))]
  for (let round = 0; round < SEARCHES; round++) {
    const worth = (low + high) / 2
    const { track, total } = trackAt(search, worth)
    if (total >= car.need) [high, best] = [worth, track]
    else low = worth
  }
  return best
}

/**
 * Chooses one phase or three for each slot of a car that is switched, its pauses included, and notes them in the draft; the car has no
 * power there yet.
 * @returns the index of its mode in each slot of its window
 */
export const keepTrack = (guide: Guide, index: number): Uint8Array => {
  const { model, draft } = guide
  const car = model.cars[index]!
  const track = chooseTrack(guide, car, car.hold!)
  draft.mode.set(track, draft.offsets[index])
  return track
}
