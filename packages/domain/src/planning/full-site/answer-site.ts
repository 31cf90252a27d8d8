import type { FullModel } from './full-model.ts'

/** What the site would let through at some prices, and what it costs less what cars pay for it. */
export interface SiteAnswer {
  /** Of market and peak, beyond what the site costs without cars; in watt-slots times micros. */
  readonly cost: number
  /** Of all cars together, by slot. */
  readonly load: Float64Array
}

/** Least of all cars together, by slot: nothing where none gives back. */
const leastOf = ({ cars, siteLeast }: FullModel): Float64Array => (cars.some(({ battery }) => battery) ? siteLeast : siteLeast.map(() => 0))

/** The peak at which the site is cheapest: it rises while the slots that would import more are worth more than the demand charge. */
const cheapestPeak = (model: FullModel, price: Float64Array, least: Float64Array): number => {
  const { base, siteMost, imported, demand, peakFree } = model
  const most = siteMost.map((room, slot) => base[slot]! + room)
  let peak = base.reduce((top, own, slot) => Math.max(top, own + least[slot]!), peakFree)
  const wanting = [...base.keys()].filter((slot) => price[slot]! > imported[slot]! && most[slot]! > peak)
  wanting.sort((a, b) => most[a]! - most[b]!)
  let worth = wanting.reduce((sum, slot) => sum + price[slot]! - imported[slot]!, 0)
  for (const slot of wanting) {
    if (worth <= demand) break
    peak = most[slot]!
    worth -= price[slot]! - imported[slot]!
  }
  return peak
}

/** The cheapest loads of a site when cars pay a price by slot at its entrance, any powers taken as possible. */
export const answerOfSite = (model: FullModel, price: Float64Array): SiteAnswer => {
  const { slots, base, siteMost, imported, fedIn, demand, peakAlone } = model
  const least = leastOf(model)
  const peak = cheapestPeak(model, price, least)
  const load = new Float64Array(slots)
  let cost = demand * (peak - peakAlone)
  for (let slot = 0; slot < slots; slot++) {
    const own = base[slot]!
    const market = (power: number) => power * (power > 0 ? imported[slot]! : fedIn[slot]!)
    // Up to the peak, down to what may be fed in, or just what the site would feed in or import itself.
    const wanted = price[slot]! > imported[slot]! ? peak - own : price[slot]! < fedIn[slot]! ? Number.NEGATIVE_INFINITY : -own
    const watts = Math.min(siteMost[slot]!, Math.max(least[slot]!, wanted))
    load[slot] = watts
    cost += market(own + watts) - market(own) - price[slot]! * watts
  }
  return { cost, load }
}
