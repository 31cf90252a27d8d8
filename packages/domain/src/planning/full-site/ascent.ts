import { type BatteryScratch, batteryScratch } from './battery-response.ts'
import { openPieces, type Pieces } from './car-response.ts'
import type { Prices } from './flow-relaxation.ts'
import { type FullModel, KINDS } from './full-model.ts'

/** Prices in parts that each have bounds of their own, so that a step cannot leave what is allowed. */
export interface Parts {
  /** Of the market: from what feeding in pays to import. */
  readonly market: Float64Array
  /** Shares of the demand charge; their sum is at most that. */
  readonly peak: Float64Array
  /** Of the site's own limits. */
  readonly limit: Float64Array
  readonly node: Float64Array
  readonly phase: Float64Array
}

/** For each price with a limit: the way it last went as a sign, times how long its step has become. */
export interface Trends {
  readonly limit: Float64Array
  readonly node: Float64Array
  readonly phase: Float64Array
}

/** The search for prices, changed in place. */
export interface Ascent {
  readonly model: FullModel
  readonly parts: Parts
  readonly trends: Trends
  /** What a kWh costs cars, by node, way to draw and slot. */
  readonly table: Float64Array
  /** Loads that cars answer with, by node, way to draw and slot; and their running mean. */
  readonly load: Float64Array
  readonly mean: Float64Array
  /** What one more kWh for a car costs. */
  readonly car: Float64Array
  /** What each car lacks in its last answer, in W over a slot. */
  readonly lacking: Float64Array
  readonly needs: Float64Array
  /** Last answers of cars that give back, at `offsets`; not all of them answer each time. */
  readonly answers: Float64Array
  readonly offsets: Int32Array
  readonly pieces: Pieces
  /** Slots of each car's window from the cheapest on, as they last were, at `windows`: from one round to the next little changes. */
  readonly ranks: Uint16Array
  readonly windows: Int32Array
  readonly keys: Float64Array
  readonly battery: BatteryScratch
  readonly mostIn: Float64Array
  readonly mostOut: Float64Array
  /** Prices here are the same above and below any turn. */
  readonly noTurn: Float64Array
}

/** Splits prices of the site into the parts that they can be. */
const splitSite = (model: FullModel, site: Float64Array): Pick<Parts, 'market' | 'peak' | 'limit'> => {
  const market = site.map((price, slot) => Math.min(model.imported[slot]!, Math.max(model.fedIn[slot]!, price)))
  const rest = site.map((price, slot) => price - market[slot]!)
  const above = rest.reduce((sum, price) => sum + Math.max(0, price), 0)
  const share = above > model.demand ? model.demand / above : 1
  const peak = rest.map((price) => Math.max(0, price) * share)
  return { market, peak, limit: rest.map((price, slot) => price - peak[slot]!) }
}

export const openAscent = (model: FullModel, prices: Prices): Ascent => {
  const { slots, parent, cars } = model
  const cells = parent.length * KINDS * slots
  const offsets = new Int32Array(cars.length + 1)
  for (const [index, { arrive, depart, battery }] of cars.entries()) offsets[index + 1] = offsets[index]! + (battery ? depart - arrive : 0)
  const windows = new Int32Array(cars.length + 1)
  for (const [index, { arrive, depart }] of cars.entries()) windows[index + 1] = windows[index]! + depart - arrive
  const ranks = new Uint16Array(windows[cars.length]!)
  for (const [index, { arrive, depart }] of cars.entries())
    for (let slot = arrive; slot < depart; slot++) ranks[windows[index]! + slot - arrive] = slot
  return {
    model,
    parts: { ...splitSite(model, prices.site), node: prices.node.slice(), phase: prices.phase.slice() },
    trends: {
      limit: new Float64Array(slots),
      node: new Float64Array(parent.length * slots),
      phase: new Float64Array(parent.length * 3 * slots),
    },
    table: new Float64Array(cells),
    load: new Float64Array(cells),
    mean: new Float64Array(cells),
    car: prices.car.slice(),
    lacking: new Float64Array(cars.length),
    needs: Float64Array.from(cars, ({ needInSteps }) => needInSteps),
    answers: new Float64Array(offsets[cars.length]!),
    offsets,
    pieces: openPieces(slots),
    ranks,
    windows,
    keys: new Float64Array(slots),
    battery: batteryScratch(slots),
    mostIn: new Float64Array(slots),
    mostOut: new Float64Array(slots),
    noTurn: new Float64Array(slots),
  }
}

export const pricesOf = ({ parts, car }: Ascent): Prices => ({
  site: parts.market.map((price, slot) => price + parts.peak[slot]! + parts.limit[slot]!),
  node: parts.node,
  phase: parts.phase,
  car,
})
