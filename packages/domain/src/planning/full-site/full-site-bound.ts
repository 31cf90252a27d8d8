import { batteryBound } from './battery-bound.ts'
import type { FullSiteCertificate } from './full-site-plan.ts'
import type { FullSiteCar, FullSiteProblem } from './full-site-problem.ts'
import { drawingsOf, hoursOf, needOf, nodesAbove, shortfallPriceOf } from './full-site-rules.ts'
import { leastOfRuns } from './run-bound.ts'
import { siteBound, worthOfLimits } from './site-bound.ts'
import { leastOfSwitched } from './switch-bound.ts'

/** Price for a car of a kWh in each slot of its window, drawn in one way: of the site, and of all limits above it. */
const pricesOf = (
  problem: FullSiteProblem,
  car: FullSiteCar,
  at: { readonly certificate: FullSiteCertificate; readonly from: readonly number[] },
) => {
  const { sitePrice, nodePrice, phasePrice } = at.certificate
  const slots = problem.pricePerKwh.length
  const prices = Array.from(sitePrice.subarray(car.arriveSlot, car.departSlot))
  for (const node of nodesAbove(problem.nodes, car))
    for (let index = 0; index < prices.length; index++) {
      const slot = car.arriveSlot + index
      if (node > 0) prices[index]! += nodePrice[node * slots + slot]!
      if (!problem.nodes[node]!.phases) continue
      for (const phase of at.from) prices[index]! += phasePrice[(node * 3 + phase) * slots + slot]! / at.from.length
    }
  return prices
}

/** Least that a car can cost at these prices when what it gets is priced too, at `carPrice`. */
const carBound = (
  problem: FullSiteProblem,
  car: FullSiteCar,
  at: { readonly certificate: FullSiteCertificate; readonly carPrice: number; readonly shortfallPrice: number },
): number => {
  const { certificate, shortfallPrice } = at
  const hours = hoursOf(problem)
  if (car.vehicleToGrid) {
    const drawings = drawingsOf(car)
    const ways = drawings.map(({ from }) => pricesOf(problem, car, { certificate, from }))
    return ways.length === 1 ? batteryBound(car, ways[0]!, { hours, shortfallPrice }) : Number.NEGATIVE_INFINITY
  }
  const carPrice = Math.min(at.carPrice, shortfallPrice)
  const drawings = drawingsOf(car)
  const need = needOf(car, hours)
  const ways = drawings.map(({ from, least, most }) =>
    pricesOf(problem, car, { certificate, from }).map((price) => (price - carPrice) * (price < carPrice ? most : least)),
  )
  const on = ways[0]!.map((_, index) => Math.min(...ways.map((way) => way[index]!)))
  const { mostPauses = Number.POSITIVE_INFINITY, leastRun = 1 } = car
  const isFree = mostPauses === Number.POSITIVE_INFINITY && leastRun === 1
  const ofRuns = isFree
    ? on.reduce((sum, cost) => sum + Math.min(0, cost), 0)
    : leastOfRuns(on, mostPauses + 1, Math.min(leastRun, on.length))
  // Each leaves the other's limits out, so both are bounds.
  const rent = Math.max(ofRuns, leastOfSwitched(drawings, ways, car.connection))
  return carPrice * (carPrice < 0 ? need.most : need.inSteps) + rent
}

/**
 * A bound in billionths that no plan's cost with its shortfall can be below, what the site costs without cars left out: weak
 * duality, with any prices. It is made in floating point, and lowered by far more than that can err.
 */
export const fullSiteBound = (problem: FullSiteProblem, certificate: FullSiteCertificate): number => {
  const base = shortfallPriceOf(problem)
  const site = siteBound(problem, certificate.sitePrice)
  const worth = worthOfLimits(problem, certificate)
  let [total, size] = [site - worth, Math.abs(site) + worth]
  for (const [index, car] of problem.cars.entries()) {
    const shortfallPrice = base * (1 + (car.priority ?? 0))
    const bound = carBound(problem, car, { certificate, carPrice: certificate.carPrice[index]!, shortfallPrice })
    total += bound
    size += Math.abs(bound)
  }
  return (total - 1e-10 * size) * hoursOf(problem)
}
