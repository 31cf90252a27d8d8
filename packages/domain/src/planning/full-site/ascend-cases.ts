import type { Prices } from './flow-relaxation.ts'
import type { FullModel } from './full-model.ts'
import type { PeakCase } from './full-site-plan.ts'
import { fillPrices } from './price-tables.ts'
import { openPacking, type Packed, type Packing, pack, tableLength } from './slot-packing.ts'

/** The search ends when no case is further below the plan than this share of what its cars cost. */
const NEAR = 0.002
/** How often slots may be packed in all, and for one case. */
const PACKINGS = 640
const PACKINGS_OF_CASE = 40
/** The first step of a car's price: micros per kWh, and a share of the price. */
const FIRST_STEP = 3_000
const FIRST_SHARE = 0.1
/** A price that keeps going one way takes longer steps, one that turns back shorter ones; all do after so many rounds without gain. */
const LONGER = 1.5
const SHORTER = 0.5
const PATIENCE = 10

interface Case {
  readonly low: number
  readonly high: number
  readonly bound: number
  readonly prices: Float64Array
  /** The peaks that were cheapest at the prices tried, rising. */
  readonly peaks: readonly number[]
}

interface Search {
  readonly model: FullModel
  readonly packing: Packing
  /** What limits below the site are worth, at prices that stay. */
  readonly worth: number
  /** A case whose bound is at least this is done. */
  readonly enough: number
}

/** What limits of nodes below the site, and of phases, are worth at their prices. */
const worthOf = ({ slots, parent, nodeLimit, phaseMost, phaseLeast, hasPhases }: FullModel, { node, phase }: Prices): number => {
  let worth = 0
  for (let at = slots; at < parent.length * slots; at++) worth += nodeLimit[at]! * Math.abs(node[at]!)
  for (let at = 0; at < parent.length * 3 * slots; at++)
    if (hasPhases[Math.floor(at / (3 * slots))]) worth += phase[at]! * (phase[at]! > 0 ? phaseMost[at]! : phaseLeast[at]!)
  return worth
}

/** What a car would have to get at its price. */
const wantOf = ({ cars }: FullModel, prices: Float64Array, car: number): number =>
  prices[car]! < 0 ? cars[car]!.most : cars[car]!.needInSteps

const boundOf = ({ model, worth }: Search, prices: Float64Array, packed: Packed): number =>
  model.cars.reduce((sum, _, car) => sum + prices[car]! * wantOf(model, prices, car), packed.cost - worth)

/** One step of each car's price by itself: up while it gets too little, down while it gets too much. */
const stepCars = (
  model: FullModel,
  at: { readonly prices: Float64Array; readonly given: Float64Array; readonly steps: Float64Array; readonly last: Int8Array },
): void => {
  const { prices, given, steps, last } = at
  for (const [car, { shortfallPrice }] of model.cars.entries()) {
    const way = Math.sign(wantOf(model, prices, car) - given[car]!)
    if (way !== 0 && last[car] === way) steps[car] = Math.min(shortfallPrice / 4, steps[car]! * LONGER)
    if (way !== 0 && last[car] === -way) steps[car]! *= SHORTER
    last[car] = way
    prices[car] = Math.min(shortfallPrice, prices[car]! + way * steps[car]!)
  }
}

/** Prices of cars for peaks from `low` to `high`, from those of a wider case. */
const ascendCase = (search: Search, from: Float64Array, { low, high }: { readonly low: number; readonly high: number }): Case => {
  const { model, packing, enough } = search
  const [prices, last] = [from.slice(), new Int8Array(from.length)]
  const steps = from.map((price) => FIRST_STEP + FIRST_SHARE * Math.abs(price))
  let [best, bound, idle] = [from, Number.NEGATIVE_INFINITY, 0]
  const peaks: number[] = []
  for (let round = 0; round < PACKINGS_OF_CASE && bound < enough; round++) {
    const packed = pack(packing, prices, { low, high })
    const found = boundOf(search, prices, packed)
    peaks.push(packed.peak)
    idle = found > bound ? 0 : idle + 1
    if (found > bound) [best, bound] = [prices.slice(), found]
    if (idle === PATIENCE) {
      idle = 0
      prices.set(best)
      for (let car = 0; car < steps.length; car++) steps[car]! *= SHORTER
    }
    stepCars(model, { prices, given: packed.given, steps, last })
  }
  return { low, high, bound, prices: best, peaks: peaks.sort((a, b) => a - b) }
}

/** Where a case is best cut in two: below the last of the lower of these peaks. Undefined where there is but one. */
const cutOf = ({ low, high, peaks }: Case): number | undefined => {
  if (high <= low) return undefined
  const [from, to] = [peaks[Math.floor(0.15 * peaks.length)]!, peaks[Math.floor(0.85 * peaks.length)]!]
  const middle = Math.floor((from + to) / 2)
  const cut = from === to && from > low ? Math.ceil(from) - 1 : middle
  return cut >= low && cut < high ? cut : undefined
}

/**
 * A bound that knows the steps of cars, for a site of few: no plan is below the least of some cases, each of which has the peak between two
 * powers and prices of its own for what cars get. Within a case the powers of each slot are packed exactly, as whole steps under what the
 * peak leaves, so that a limit counts no more than steps can fill. The case with the least bound is cut in two until all are near the plan,
 * or the work is done.
 * @param plan what the cars of the plan cost, in watt-slots times micros, and its peak
 * @returns none where a car gives back or has no steps
 */
export const ascendCases = (
  model: FullModel,
  prices: Prices,
  plan: { readonly cost: number; readonly peak: number },
): readonly PeakCase[] => {
  const table = new Float64Array(tableLength(model))
  fillPrices(model, { ...prices, site: new Float64Array(model.slots) }, table)
  const packing = openPacking(model, table)
  if (!packing) return []
  const search = { model, packing, worth: worthOf(model, prices), enough: plan.cost - NEAR * Math.abs(plan.cost) }
  const most = model.siteMost.reduce((top, room, slot) => Math.max(top, Math.ceil(room + model.base[slot]!)), model.peakAlone)
  const tops = model.demand > 0 && plan.peak > model.peakAlone ? [plan.peak - 1, most] : [most]
  let cases = tops.map((high, at) => ascendCase(search, prices.car, { low: at === 0 ? model.peakAlone : plan.peak, high }))
  for (let left = PACKINGS - 2 * PACKINGS_OF_CASE; left > 0; left -= 2 * PACKINGS_OF_CASE) {
    const worst = cases.reduce((least, one) => (one.bound < least.bound ? one : least))
    const cut = model.demand > 0 && worst.bound < search.enough ? cutOf(worst) : undefined
    if (cut === undefined) break
    const parts = [
      { low: worst.low, high: cut },
      { low: cut + 1, high: worst.high },
    ]
    cases = cases.flatMap((one) => (one === worst ? parts.map((part) => ascendCase(search, worst.prices, part)) : [one]))
  }
  return cases.map(({ high, prices: carPrice }, at) => ({ upTo: at === cases.length - 1 ? Number.POSITIVE_INFINITY : high, carPrice }))
}
