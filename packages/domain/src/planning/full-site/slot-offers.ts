import { type Draft, roomFor, stepDown } from './draft.ts'
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
