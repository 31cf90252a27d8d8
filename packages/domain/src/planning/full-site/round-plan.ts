import { batteryScratch } from './battery-response.ts'
import { clearCar, type Draft, holds, openDraft, setPower } from './draft.ts'
import { lackOf } from './finish-plan.ts'
import { type BatteryFit, fitBattery } from './fit-battery.ts'
import { fitCar } from './fit-car.ts'
import { fitRuns } from './fit-runs.ts'
import { type FullModel, pausesAtWill } from './full-model.ts'
import type { Guide } from './guide.ts'

/** Cost of a draft with what is lacking and the peak, in watt-slots times micros; in floating point, to choose by. */
export const roughCost = (model: FullModel, draft: Draft): number => {
  const { base, imported, fedIn, slots, demand, peakFree, cars } = model
  let [cost, peak] = [0, peakFree]
  for (let slot = 0; slot < slots; slot++) {
    const grid = base[slot]! + draft.load[slot]!
    cost += grid * (grid > 0 ? imported[slot]! : fedIn[slot]!)
    peak = Math.max(peak, grid)
  }
  for (let car = 0; car < cars.length; car++) {
    const { battery, shortfallPrice } = cars[car]!
    cost += lackOf(model, draft, car) * shortfallPrice
    if (!battery) continue
    for (let at = draft.offsets[car]!; at < draft.offsets[car + 1]!; at++) cost -= Math.min(0, draft.power[at]!) * battery.wear
  }
  return cost + demand * (peak - peakFree)
}

/** Those first that matter more, then those with the least slots to spare; batteries among them, or last, when they see what is wanted of them. */
export const insertionOrder = ({ cars }: FullModel, batteries: 'among' | 'last'): readonly number[] => {
  const spare = cars.map(({ arrive, depart, modes, need, battery }) => {
    const most = modes.reduce((power, mode) => Math.max(power, mode.most), 1)
    return depart - arrive - (battery ? battery.due - battery.stored : need) / most
  })
  const isLast = (car: number): number => (batteries === 'last' && cars[car]!.battery ? 1 : 0)
  return [...cars.keys()].sort(
    (a, b) => cars[b]!.shortfallPrice - cars[a]!.shortfallPrice || isLast(a) - isLast(b) || spare[a]! - spare[b]! || a - b,
  )
}

export const openFit = (slots: number): BatteryFit => ({
  scratch: batteryScratch(slots),
  price: new Float64Array(slots),
  below: new Float64Array(slots),
  turn: new Float64Array(slots),
  mostIn: new Float64Array(slots),
  mostOut: new Float64Array(slots),
})

/** Puts one car into a draft that has none of it. */
export const fit = (guide: Guide, index: number, battery: BatteryFit): void => {
  const car = guide.model.cars[index]!
  if (car.battery) fitBattery(guide, index, battery)
  else if (car.need === 0) return
  else if (pausesAtWill(car)) fitCar(guide, index)
  else fitRuns(guide, index)
}

/** Highest import of a draft, at least the peak that is free. */
export const peakOf = ({ base, peakFree }: FullModel, { load }: Draft): number => {
  let peak = peakFree
  for (let slot = 0; slot < base.length; slot++) peak = Math.max(peak, base[slot]! + load[slot]!)
  return peak
}

/** The lowest peak that a car fits below is searched by halves, to this share of it. */
const NEAR = 1 / 64

/**
 * Puts a car in below a peak; where it would lack something there, below the lowest one at which it does not, or lacks as little as it
 * must. @returns the peak in the end
 */
export const fitBelow = (guide: Guide, index: number, battery: BatteryFit): number => {
  const { model, draft, peak } = guide
  fit(guide, index, battery)
  const lacks = lackOf(model, draft, index)
  if (peak === Number.POSITIVE_INFINITY || lacks === 0) return peak
  const again = (below: number): number => {
    clearCar(model, draft, index)
    fit({ ...guide, peak: below }, index, battery)
    return lackOf(model, draft, index)
  }
  const least = again(Number.POSITIVE_INFINITY)
  let [low, high] = [peak, peakOf(model, draft)]
  if (least >= lacks || high <= low) {
    if (least >= lacks) again(peak)
    return peak
  }
  while (high - low > NEAR * high) {
    const middle = Math.ceil((low + high) / 2)
    if (again(middle) <= least) high = middle
    else low = middle
  }
  again(high)
  return high
}

/** A draft from nothing: car by car in an order; those that would lack something raise the peak for themselves and all after them. */
export const insertAll = (guide: Omit<Guide, 'draft'>, order: readonly number[], battery: BatteryFit): Draft => {
  const draft = openDraft(guide.model)
  let { peak } = guide
  for (const car of order) peak = fitBelow({ ...guide, draft, peak }, car, battery)
  return draft
}

/** The part of the cost that one car can change: of its slots, of the peak, of itself. */
const costAround = (model: FullModel, draft: Draft, index: number): number => {
  const { base, imported, fedIn, demand, cars } = model
  const { arrive, depart, battery, shortfallPrice } = cars[index]!
  let cost = demand * peakOf(model, draft) + lackOf(model, draft, index) * shortfallPrice
  for (let slot = arrive; slot < depart; slot++) {
    const grid = base[slot]! + draft.load[slot]!
    cost += grid * (grid > 0 ? imported[slot]! : fedIn[slot]!)
    if (battery) cost -= Math.min(0, draft.power[draft.offsets[index]! + slot - arrive]!) * battery.wear
  }
  return cost
}

/**
 * Takes each car out and puts it in again at what a kWh really costs, import or feed-in at the margin and the peak as it is;
 * keeps what became cheaper.
 * @param plain prices of import at every node
 */
export const improve = (
  model: FullModel,
  draft: Draft,
  at: { readonly order: readonly number[]; readonly battery: BatteryFit; readonly plain: Float64Array },
): void => {
  for (const car of at.order) {
    const [from, to] = [draft.offsets[car]!, draft.offsets[car + 1]!]
    const [power, mode] = [draft.power.slice(from, to), draft.mode.slice(from, to)]
    const before = costAround(model, draft, car)
    const peak = model.demand === 0 ? Number.POSITIVE_INFINITY : peakOf(model, draft)
    clearCar(model, draft, car)
    fit({ model, draft, table: at.plain, market: model.imported, peak, peakPrice: model.demand }, car, at.battery)
    if (costAround(model, draft, car) < before && holds(model, draft, car)) continue
    for (let place = 0; place < power.length; place++)
      setPower(model, draft, { car, slot: model.cars[car]!.arrive + place, mode: mode[place]!, watts: power[place]! })
  }
}
