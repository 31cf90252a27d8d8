import { type Draft, roomFor, setPower, stepDown, stepUp } from './draft.ts'
import type { FullModel, ModelCar } from './full-model.ts'
import { rowOf } from './price-tables.ts'

/** What a car is fitted in by: prices of the table, and what a kWh more really costs at the entrance as the draft stands. */
export interface Guide {
  readonly model: FullModel
  readonly draft: Draft
  /** Prices by node, way to draw and slot. */
  readonly table: Float64Array
  /** The market's part of them. */
  readonly market: Float64Array
  /** Import may not pass it. */
  readonly peak: number
}

/** What the market adds to a price of the table for a power put on top of the draft in a slot. */
export const surchargeOf = ({ model, draft, market }: Guide, slot: number, watts: number): number => {
  const grid = model.base[slot]! + draft.load[slot]!
  const [imported, fedIn, own] = [model.imported[slot]!, model.fedIn[slot]!, market[slot]!]
  if (grid >= 0) return imported - own
  // What is left of the sun costs what feeding in pays, and is there anyway: a price between the two is what it is worth.
  const share = Math.max(0, Math.min(1, (grid + watts) / watts))
  return share * (imported - own) + (1 - share) * Math.min(0, fedIn - own) * (grid < -2 * watts ? 1 : 0)
}

interface Offer {
  readonly slot: number
  readonly mode: number
  /** Most that the draft leaves, on the car's steps. */
  readonly most: number
  readonly price: number
}

/** What a car can have in each slot, cheapest first; of two ways to draw, the one that gives more for a price at most as high. */
const offersFor = (guide: Guide, car: ModelCar): Offer[] => {
  const { model, draft, table, peak } = guide
  const offers: Offer[] = []
  for (let slot = car.arrive; slot < car.depart; slot++) {
    let best: Offer | undefined
    for (const [index, mode] of car.modes.entries()) {
      const most = stepDown(mode, roomFor(model, draft, { node: car.node, slot, kind: mode.kind, peak }))
      if (most <= 0) continue
      const price = table[rowOf(car.node, mode.kind, model.slots) + slot]! + surchargeOf(guide, slot, most)
      if (!best || price < best.price - 1e-9 || (price < best.price + 1e-9 && most > best.most)) best = { slot, mode: index, most, price }
    }
    if (best && best.price < car.shortfallPrice) offers.push(best)
  }
  return offers.sort((a, b) => a.price - b.price || a.slot - b.slot)
}

/** Takes what is missing to a least power from slots that were filled before, the dearest first. */
const borrow = (car: ModelCar, taken: readonly { readonly offer: Offer; watts: number }[], missing: number): number => {
  let left = missing
  for (let at = taken.length - 1; at >= 0 && left > 0; at--) {
    const one = taken[at]!
    const { least, step } = car.modes[one.offer.mode]!
    const part = Math.floor(Math.min(left, one.watts - least) / step) * step
    if (part <= 0) continue
    one.watts -= part
    left -= part
  }
  return missing - left
}

/** Puts a car whose power may change freely into a draft that has none of it, as cheap as the guide says. */
export const fitCar = (guide: Guide, index: number): void => {
  const { model, draft } = guide
  const car = model.cars[index]!
  const taken: { readonly offer: Offer; watts: number }[] = []
  let left = car.need
  for (const offer of offersFor(guide, car)) {
    if (left <= 0) break
    const mode = car.modes[offer.mode]!
    const watts = Math.min(offer.most, stepUp(mode, left))
    const over = watts - left
    left -= watts
    taken.push({ offer, watts })
    if (over > 0) left += borrow(car, taken.slice(0, -1), over)
  }
  for (const { offer, watts } of taken) setPower(model, draft, { car: index, slot: offer.slot, mode: offer.mode, watts })
}
