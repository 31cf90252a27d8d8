import { leastWanted, type Reaches, reachesOf } from './car-counts.ts'
import { dilatedAscent } from './dilated-ascent.ts'
import type { Prices } from './flow-relaxation.ts'
import type { FullModel } from './full-model.ts'
import type { PeakCase } from './full-site-plan.ts'
import { fillPrices } from './price-tables.ts'
import { type CasePrices, openPacking, type Packing, pack, tableLength } from './slot-packing.ts'

/** How often slots may be packed in all, and for one case. */
const PACKINGS = 500
const PACKINGS_OF_CASE = 160
/** The first step of all cars' prices together: micros per kWh. */
const FIRST_STEP = 300_000

interface Case {
  readonly low: number
  readonly high: number
  readonly bound: number
  readonly prices: CasePrices
  /** The peaks that were cheapest at the prices tried, rising. */
  readonly peaks: readonly number[]
}

/** What the cars of a plan cost, in watt-slots times micros, and its peak. */
interface Planned {
  readonly cost: number
  readonly peak: number
  /** A bound that is near enough: a case with it is done. */
  readonly enough: number
}

interface Search {
  readonly model: FullModel
  readonly packing: Packing
  readonly plan: Planned
  /** What limits below the site are worth, at prices that stay. */
  readonly worth: number
  /** Prices to begin with. */
  readonly starts: readonly CasePrices[]
}

/** What limits of nodes below the site, and of phases, are worth at their prices. */
const worthOf = ({ slots, parent, nodeLimit, phaseMost, phaseLeast, hasPhases }: FullModel, { node, phase }: Prices): number => {
  let worth = 0
  for (let at = slots; at < parent.length * slots; at++) worth += nodeLimit[at]! * Math.abs(node[at]!)
  for (let at = 0; at < parent.length * 3 * slots; at++)
    if (hasPhases[Math.floor(at / (3 * slots))]) worth += phase[at]! * (phase[at]! > 0 ? phaseMost[at]! : phaseLeast[at]!)
  return worth
}

/** Prices of a case as a point: for each car that asks for something that of a kWh, and that of a slot for each W that it has there on average. */
const pointsOf = ({ cars }: FullModel, reaches: readonly Reaches[]) => {
  const asking = [...cars.keys()].filter((car) => cars[car]!.need > 0)
  const means = asking.map((car) => {
    const slots = reaches[car]!.findLastIndex((reach) => reach.length > 0)
    const most = reaches[car]![slots]?.reduce((top, { to }) => Math.max(top, to), 0) ?? 0
    return Math.max(cars[car]!.modes[0]!.least, most / Math.max(1, slots))
  })
  return {
    asking,
    means,
    pointOf: ({ car, on }: CasePrices) => Float64Array.from(asking.flatMap((index, at) => [car[index]!, on[index]! / means[at]!])),
    pricesOf: (point: Float64Array): CasePrices => {
      const prices = { car: new Float64Array(cars.length), on: new Float64Array(cars.length) }
      for (const [at, index] of asking.entries()) {
        prices.car[index] = point[2 * at]!
        prices.on[index] = point[2 * at + 1]! * means[at]!
      }
      return prices
    },
  }
}

/** The bound of a case at given prices, kept where it is the highest so far. */
const openCase = ({ model, packing, worth }: Search, { low, high }: { readonly low: number; readonly high: number }) => {
  const reaches = model.cars.map((car) => reachesOf(model, car, high))
  const { asking, means, pointOf, pricesOf } = pointsOf(model, reaches)
  const best = { bound: Number.NEGATIVE_INFINITY, prices: pricesOf(new Float64Array(2 * asking.length)) }
  const peaks: number[] = []
  const raised = (point: Float64Array, gradient: Float64Array): number => {
    const prices = pricesOf(point)
    const packed = pack(packing, prices, { low, high })
    let bound = packed.cost - worth
    for (const [at, index] of asking.entries()) {
      const wanted = leastWanted(model.cars[index]!, reaches[index]!, { price: prices.car[index]!, on: prices.on[index]! })
      bound += wanted.worth
      gradient[2 * at] = wanted.energy - packed.given[index]!
      gradient[2 * at + 1] = (wanted.slotsOn - packed.slotsOn[index]!) * means[at]!
    }
    peaks.push(packed.peak)
    if (bound > best.bound) Object.assign(best, { bound, prices })
    return bound
  }
  return { best, peaks, raised, pointOf }
}

/** Prices of cars for peaks from `low` to `high`, from the best of those of a wider case and of those at the start. */
const ascendCase = (search: Search, wider: CasePrices | undefined, range: { readonly low: number; readonly high: number }): Case => {
  const { best, peaks, raised, pointOf } = openCase(search, range)
  const starts = (wider ? [wider, ...search.starts] : search.starts).map(pointOf)
  const scratch = new Float64Array(starts[0]!.length)
  const values = starts.map((point) => raised(point, scratch))
  const first = starts[values.indexOf(Math.max(...values))]!
  const goesOn = () => peaks.length < PACKINGS_OF_CASE && best.bound < search.plan.enough
  if (goesOn()) dilatedAscent(raised, first, { step: FIRST_STEP, goesOn })
  return { ...range, ...best, peaks: peaks.sort((a, b) => a - b) }
}

/** Where a case is best cut in two; undefined where it cannot be. */
const cutOf = ({ model, plan }: Search, { low, high, bound, peaks }: Case): number | undefined => {
  if (high <= low || model.demand === 0) return undefined
  // From this peak on, the peak alone makes a plan dear enough; from that one on, dearer than the bound so far.
  const enough = Math.ceil(plan.peak - (plan.cost - plan.enough) / model.demand)
  const better = plan.peak - (plan.cost - bound) / model.demand
  if (low < enough && high >= enough) return enough - 1
  if (high < enough && better < high) return Math.floor((Math.max(low, better) + high) / 2)
  const [from, to] = [peaks[Math.floor(0.15 * peaks.length)]!, peaks[Math.floor(0.85 * peaks.length)]!]
  const cut = from === to && from > low ? Math.ceil(from) - 1 : Math.floor((from + to) / 2)
  return cut >= low && cut < high ? cut : undefined
}

/** Cuts the case with the least bound in two, until all are near the plan or the work is done. */
const searchCases = (search: Search): readonly Case[] => {
  const { model, plan } = search
  const most = model.siteMost.reduce((top, room, slot) => Math.max(top, Math.ceil(room + model.base[slot]!)), model.peakAlone)
  let left = PACKINGS
  const ascend = (wider: CasePrices | undefined, range: { readonly low: number; readonly high: number }): Case => {
    const found = ascendCase(search, wider, range)
    left -= found.peaks.length
    return found
  }
  const middle = Math.min(most, Math.ceil(plan.peak - (plan.cost - plan.enough) / Math.max(1e-9, model.demand)))
  let cases =
    model.demand > 0 && middle > model.peakAlone
      ? [ascend(undefined, { low: model.peakAlone, high: middle - 1 }), ascend(undefined, { low: middle, high: most })]
      : [ascend(undefined, { low: model.peakAlone, high: most })]
  while (left > 0) {
    const worst = cases.reduce((least, one) => (one.bound < least.bound ? one : least))
    const cut = worst.bound < plan.enough ? cutOf(search, worst) : undefined
    if (cut === undefined) break
    const parts = [
      { low: worst.low, high: cut },
      { low: cut + 1, high: worst.high },
    ]
    cases = cases.flatMap((one) => (one === worst ? parts.map((part) => ascend(worst.prices, part)) : [one]))
  }
  return cases
}

/**
 * A bound that knows the steps of cars, for a site of few: no plan is below the least of some cases, each of which has the peak between two
 * powers and prices of its own for what cars get and for the slots in which they charge. Within a case the powers of each slot are packed
 * exactly, as whole steps under what the peak leaves, so that a limit counts no more than steps can fill; and a car has as many slots at
 * least as it needs below the peak. The case with the least bound is cut in two until all are near the plan, or the work is done.
 * @param plan what the cars of the plan cost, in watt-slots times micros, its peak, and the bound that is near enough to it
 * @returns none where a car gives back or has no steps
 */
export const ascendCases = (model: FullModel, prices: Prices, plan: Planned): readonly PeakCase[] => {
  const table = new Float64Array(tableLength(model))
  fillPrices(model, { ...prices, site: new Float64Array(model.slots) }, table)
  const packing = openPacking(model, table)
  if (!packing) return []
  const dearest = model.imported.reduce((most, price) => Math.max(most, price), 0)
  const on = new Float64Array(model.cars.length)
  const starts = [
    { car: prices.car, on },
    { car: prices.car.map((price) => Math.min(price, dearest)), on },
  ]
  const cases = searchCases({ model, packing, plan, worth: worthOf(model, prices), starts })
  return cases.map(({ high, prices: own }, at) => ({
    upTo: at === cases.length - 1 ? Number.POSITIVE_INFINITY : high,
    carPrice: own.car,
    onPrice: own.on,
  }))
}
