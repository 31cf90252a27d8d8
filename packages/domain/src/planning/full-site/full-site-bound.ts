import { batteryBound } from './battery-bound.ts'
import { countsBound } from './counts-bound.ts'
import type { FullSiteCertificate, PeakCase } from './full-site-plan.ts'
import type { FullSiteCar, FullSiteProblem } from './full-site-problem.ts'
import { drawingsOf, hoursOf, needOf, nodesAbove, shortfallPriceOf, withoutCars } from './full-site-rules.ts'
import { leastOfRuns } from './run-bound.ts'
import { siteBound, worthOfLimits } from './site-bound.ts'
import { type Bidder, stepsBound } from './steps-bound.ts'
import { leastOfSwitched } from './switch-bound.ts'

/** Price for a car of a kWh in each slot of its window, drawn in one way: of all limits above it, those of the site in W left out. */
const limitPricesOf = (
  problem: FullSiteProblem,
  car: FullSiteCar,
  at: { readonly certificate: FullSiteCertificate; readonly from: readonly number[] },
) => {
  const { nodePrice, phasePrice } = at.certificate
  const slots = problem.pricePerKwh.length
  const prices = Array.from({ length: car.departSlot - car.arriveSlot }, () => 0)
  for (const node of nodesAbove(problem.nodes, car))
    for (let index = 0; index < prices.length; index++) {
      const slot = car.arriveSlot + index
      if (node > 0) prices[index]! += nodePrice[node * slots + slot]!
      if (!problem.nodes[node]!.phases) continue
      for (const phase of at.from) prices[index]! += phasePrice[(node * 3 + phase) * slots + slot]! / at.from.length
    }
  return prices
}

/** The same with the price of the site. */
const pricesOf: typeof limitPricesOf = (problem, car, at) =>
  limitPricesOf(problem, car, at).map((price, index) => price + at.certificate.sitePrice[car.arriveSlot + index]!)

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

/** A bound in watt-slots times micros, with how large what it was summed from is. */
interface Summed {
  readonly total: number
  readonly size: number
}

/** Site and cars apart, at the prices of the site. */
const boundByPrices = (problem: FullSiteProblem, certificate: FullSiteCertificate): Summed => {
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
  return { total, size }
}

/** Who may charge in each slot, and what a kWh is worth to it there, at prices of cars. */
const biddersOf = (problem: FullSiteProblem, certificate: FullSiteCertificate, { carPrice, onPrice }: PeakCase) => {
  const bidders = problem.pricePerKwh.map((): Bidder[] => [])
  for (const [index, car] of problem.cars.entries()) {
    if (car.need === 0) continue
    const ways = drawingsOf(car).map((drawing) => ({ drawing, prices: limitPricesOf(problem, car, { certificate, from: drawing.from }) }))
    for (let slot = car.arriveSlot; slot < car.departSlot; slot++)
      bidders[slot]!.push({
        on: onPrice[index]!,
        ways: ways.map(({ drawing, prices }) => ({ drawing, worth: carPrice[index]! - prices[slot - car.arriveSlot]! })),
      })
  }
  return bidders
}

/** The same by cases of the peak: whole slots in steps, cars joined by the prices of what they get and of slots alone. Loads are whole W, so is the peak. */
const boundByCases = (problem: FullSiteProblem, certificate: FullSiteCertificate): Summed | undefined => {
  const { cases = [] } = certificate
  if (cases.at(-1)?.upTo !== Number.POSITIVE_INFINITY || problem.cars.some(({ vehicleToGrid }) => vehicleToGrid)) return undefined
  const [shortfall, worth] = [shortfallPriceOf(problem), worthOfLimits(problem, certificate)]
  const alone = problem.pricePerKwh.reduce(
    (most, _, slot) => Math.max(most, withoutCars(problem, slot)),
    problem.demandCharge?.peakSoFar ?? 0,
  )
  let [total, size, low] = [Number.POSITIVE_INFINITY, 0, alone]
  for (const one of cases) {
    if (one.upTo < low) continue
    const slots = stepsBound(problem, biddersOf(problem, certificate, one), { alone, low, high: one.upTo })
    const paid = problem.cars.map((car, index) => {
      const shortfallPrice = shortfall * (1 + (car.priority ?? 0))
      const [price, on] = [one.carPrice[index]!, one.onPrice[index]!]
      return car.need === 0 ? 0 : countsBound(problem, car, { price, on, high: one.upTo, shortfallPrice })
    })
    total = Math.min(
      total,
      paid.reduce((sum, cost) => sum + cost, slots - worth),
    )
    size = Math.max(
      size,
      paid.reduce((sum, cost) => sum + Math.abs(cost), Math.abs(slots) + worth),
    )
    low = Math.max(low, Math.floor(one.upTo) + 1)
  }
  return { total, size }
}

/**
 * A bound in billionths that no plan's cost with its shortfall can be below, what the site costs without cars left out: weak
 * duality, with any prices. It is made in floating point, and lowered by far more than that can err.
 */
export const fullSiteBound = (problem: FullSiteProblem, certificate: FullSiteCertificate): number => {
  const lowered = ({ total, size }: Summed) => (total - 1e-10 * size) * hoursOf(problem)
  const [byPrices, byCases] = [boundByPrices(problem, certificate), boundByCases(problem, certificate)]
  const bound = lowered(byPrices)
  return byCases ? Math.max(bound, lowered(byCases)) : bound
}
