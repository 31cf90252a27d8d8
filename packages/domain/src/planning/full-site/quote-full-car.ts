import type { FullSiteCertificate } from './full-site-plan.ts'
import type { FullSiteCar, FullSiteProblem } from './full-site-problem.ts'
import { drawingsOf, nodesAbove } from './full-site-rules.ts'

/** What a kWh costs one car, slot by slot of its window; micros per kWh. */
export interface FullCarQuote {
  /** With all limits and the peak: what it would pay at the margin for a kWh more in the slot. */
  readonly price: readonly number[]
  /** The part of it that is not the price of import: limits and peak; below zero where the sun is cheaper. */
  readonly congestion: readonly number[]
}

/** Quotes a car, there or not, from the certificate of a plan; of two ways to draw, the cheaper one in each slot. */
export const quoteFullCar = (
  problem: FullSiteProblem,
  { sitePrice, nodePrice, phasePrice }: FullSiteCertificate,
  car: FullSiteCar,
): FullCarQuote => {
  const slots = problem.pricePerKwh.length
  const above = nodesAbove(problem.nodes, car)
  const priceAt = (slot: number, from: readonly number[]): number => {
    let price = sitePrice[slot]!
    for (const node of above) {
      if (node > 0) price += nodePrice[node * slots + slot]!
      for (const phase of from) price += phasePrice[(node * 3 + phase) * slots + slot]! / from.length
    }
    return price
  }
  const ways = drawingsOf(car)
  const price = Array.from({ length: car.departSlot - car.arriveSlot }, (_, at) =>
    Math.min(...ways.map(({ from }) => priceAt(car.arriveSlot + at, from))),
  )
  return { price, congestion: price.map((own, at) => own - problem.pricePerKwh[car.arriveSlot + at]!) }
}
