import type { CostAsk } from './cost-to-go.ts'

interface Offer {
  readonly price: number
  readonly wh: number
}

/** The price of the last Wh when so many are taken from the cheapest on; above all prices where there are too few. */
const priceOf = (offers: readonly Offer[], energy: number): number => {
  let left = energy
  let price = Number.NEGATIVE_INFINITY
  for (const offer of offers.toSorted((a, b) => a.price - b.price)) {
    if (left <= 1e-6) break
    if (offer.wh === 0) continue
    left -= offer.wh
    price = offer.price
  }
  return left > 1e-6 ? price + Math.max(1, Math.abs(price)) : price
}

/**
 * Potentials where power does not depend on the energy that is in, and nothing on the end: energy has one price, and one more until the hour
 * of the minimum where that decides. Exact (duality of linear programmes) for plans that begin with a stretch.
 * @param first its place; those that begin later are bounded as well, if not as closely
 */
export const energyPrice = ({ stretches, layers, measure, minimum }: CostAsk, first: number): Float64Array => {
  const { energies } = layers
  const [all, width] = [energies.at(-1)!, energies.length]
  const offers = stretches.map((stretch, index) => ({
    price: measure.perWh(stretch),
    wh: index < first ? 0 : (stretch.power * (stretch.to - stretch.from)) / 3_600_000,
    isBefore: minimum !== undefined && stretch.to <= minimum.by,
  }))
  let price = priceOf(offers, all)
  let more = 0
  if (minimum) {
    const [before, after] = [offers.filter(({ isBefore }) => isBefore), offers.filter(({ isBefore }) => !isBefore)]
    const least = priceOf(before, minimum.energy)
    if (least > price) {
      price = all > minimum.energy ? priceOf(after, all - minimum.energy) : Math.min(...after.map((offer) => offer.price), least)
      more = Math.max(0, least - price)
    }
  }
  const potentials = new Float64Array((stretches.length + 1) * width)
  let rents = 0
  for (let edge = stretches.length; edge >= 0; edge--) {
    const offer = offers[edge]
    const isBefore = minimum !== undefined && (stretches[edge]?.from ?? Number.POSITIVE_INFINITY) < minimum.by
    if (offer) rents += offer.wh * Math.max(0, price + (isBefore ? more : 0) - offer.price)
    for (const [place, energy] of energies.entries())
      potentials[edge * width + place] = price * (all - energy) + (isBefore ? more * (minimum.energy - energy) : 0) - rents
  }
  return potentials
}
