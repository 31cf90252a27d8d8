import type { StepAsk } from './stretch-step.ts'

interface Offer {
  readonly price: number
  readonly wh: number
}

/** The price of one Wh more than so many, taken from the cheapest on; above all prices where there are no more. */
const priceAfter = (offers: readonly Offer[], energy: number): number => {
  let left = energy
  let price = Number.POSITIVE_INFINITY
  for (const offer of offers.toSorted((a, b) => a.price - b.price)) {
    if (offer.wh === 0) continue
    left -= offer.wh
    price = offer.price
    if (left < -1e-6) return price
  }
  return price + Math.max(1, Math.abs(price))
}

/**
 * Potentials where power does not depend on the energy that is in, and nothing on the end: energy has one price, and one more until the hour
 * of the minimum where that decides. Exact (duality of linear programmes) for plans that begin with a stretch.
 * @param first its place; those that begin later are bounded as well, if not as closely
 */
export const energyPrice = ({ stretches, layers, measure, minimum }: StepAsk, first: number): Float64Array => {
  const { energies } = layers
  const [all, width] = [energies.at(-1)!, energies.length]
  const offers = stretches.map((stretch, index) => ({
    price: measure.perWh(stretch),
    wh: index < first ? 0 : (stretch.power * (stretch.to - stretch.from)) / 3_600_000,
    isBefore: minimum !== undefined && stretch.to <= minimum.by,
  }))
  let price = priceAfter(offers, all)
  // Where nothing can be charged at all any price will do.
  if (price === Number.POSITIVE_INFINITY) price = 0
  let more = 0
  if (minimum) {
    const [before, after] = [offers.filter(({ isBefore }) => isBefore), offers.filter(({ isBefore }) => !isBefore)]
    const [least, rest] = [priceAfter(before, minimum.energy), priceAfter(after, all - minimum.energy)]
    // What the hour asks for is dearer than what is left: it would rather wait.
    if (least < Number.POSITIVE_INFINITY && least > rest) [price, more] = [rest, least - rest]
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
