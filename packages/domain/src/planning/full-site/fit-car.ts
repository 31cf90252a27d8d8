import { type Draft, roomFor, setPower, stepDown } from './draft.ts'
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
  /** What a kWh less is worth where import passes it all the same; nothing where the table has the peak's price. */
  readonly peakPrice: number
}

/** What the market adds to a price of the table for a power put on top of the draft in a slot: feeding in less, then import. */
export const surchargeOf = ({ model, draft, market }: Guide, slot: number, watts: number): number => {
  const grid = model.base[slot]! + draft.load[slot]!
  const [imported, fedIn] = [model.imported[slot]!, model.fedIn[slot]!]
  const share = Math.max(0, Math.min(1, (grid + watts) / watts))
  return share * imported + (1 - share) * fedIn - market[slot]!
}

/** A power that a car can have in a slot; the second of a slot comes on top of the first, at a higher price. */
interface Offer {
  readonly slot: number
  readonly mode: number
  readonly watts: number
  readonly price: number
}

/** The most that one way to draw offers in a slot; up to where the sun ends, and beyond. */
const offersIn = (guide: Guide, car: ModelCar, at: { readonly slot: number; readonly mode: number }): readonly Offer[] => {
  const { model, draft, table, peak } = guide
  const { slot, mode } = at
  const own = car.modes[mode]!
  const most = stepDown(own, roomFor(model, draft, { node: car.node, slot, kind: own.kind, peak }))
  if (most <= 0) return []
  const price = table[rowOf(car.node, own.kind, model.slots) + slot]!
  const sun = -model.base[slot]! - draft.load[slot]!
  const first = sun > 0 && sun < most ? Math.max(own.least, stepDown(own, sun)) : most
  const before = surchargeOf(guide, slot, first)
  if (first >= most) return [{ slot, mode, watts: most, price: price + before }]
  const beyond = (surchargeOf(guide, slot, most) * most - before * first) / (most - first)
  return [
    { slot, mode, watts: first, price: price + before },
    { slot, mode, watts: most - first, price: price + beyond },
  ]
}

/** What a car can have, cheapest first; of two ways to draw the cheaper one, or at the same price the one that gives more. */
const offersFor = (guide: Guide, car: ModelCar): Offer[] => {
  const offers: Offer[] = []
  for (let slot = car.arrive; slot < car.depart; slot++) {
    let best = offersIn(guide, car, { slot, mode: 0 })
    if (car.modes.length > 1) {
      const other = offersIn(guide, car, { slot, mode: 1 })
      if (other.length > 0 && (best.length === 0 || other[0]!.price <= best[0]!.price + 1e-9)) best = other
    }
    for (const offer of best) if (offer.price < car.shortfallPrice) offers.push(offer)
  }
  return offers.sort((a, b) => a.price - b.price || a.slot - b.slot)
}

interface Taken {
  readonly slot: number
  readonly mode: number
  watts: number
}

/** Takes what is missing to a least power from slots that were filled before, the dearest first. */
const borrow = (car: ModelCar, taken: readonly Taken[], missing: number): number => {
  let left = missing
  for (let at = taken.length - 1; at >= 0 && left > 0; at--) {
    const one = taken[at]!
    const { least, step } = car.modes[one.mode]!
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
  const taken: Taken[] = []
  let left = car.need
  for (const { slot, mode, watts } of offersFor(guide, car)) {
    if (left <= 0) break
    const { least, step } = car.modes[mode]!
    const more = taken.find((one) => one.slot === slot)
    const floor = more ? 0 : least
    const own = Math.min(watts, left <= floor ? floor : floor + Math.ceil((left - floor) / step) * step)
    const over = own - left
    left -= own
    if (over > 0) left += borrow(car, taken, over)
    if (more) more.watts += own
    else taken.push({ slot, mode, watts: own })
  }
  for (const { slot, mode, watts } of taken) setPower(model, draft, { car: index, slot, mode, watts })
}
