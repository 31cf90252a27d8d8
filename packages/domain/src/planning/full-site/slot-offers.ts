import { roomFor, stepDown } from './draft.ts'
import type { ModelCar } from './full-model.ts'
import type { Guide } from './guide.ts'
import { rowOf } from './price-tables.ts'

/** What the market adds to a price of the table for a power put on top of the draft in a slot: feeding in less, then import. */
const surchargeOf = ({ model, draft, market }: Guide, slot: number, watts: number): number => {
  const grid = model.base[slot]! + draft.load[slot]!
  const [imported, fedIn] = [model.imported[slot]!, model.fedIn[slot]!]
  const share = Math.max(0, Math.min(1, (grid + watts) / watts))
  return share * imported + (1 - share) * fedIn - market[slot]!
}

/** So many offers a way to draw makes in a slot, at most. */
export const PIECES = 2

/** A power that a car can have in a slot; the second of a slot comes on top of the first, at a higher price. */
export interface Offer {
  readonly slot: number
  readonly mode: number
  readonly watts: number
  readonly price: number
}

/** The most that one way to draw offers in a slot; up to where the sun ends, and beyond. */
export const offersIn = (guide: Guide, car: ModelCar, at: { readonly slot: number; readonly mode: number }): readonly Offer[] => {
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
  // Where both cost the same, rounding must not let what is on top come first: alone it may be less than the least power.
  const beyond = Math.max(before, (surchargeOf(guide, slot, most) * most - before * first) / (most - first))
  return [
    { slot, mode, watts: first, price: price + before },
    { slot, mode, watts: most - first, price: price + beyond },
  ]
}
