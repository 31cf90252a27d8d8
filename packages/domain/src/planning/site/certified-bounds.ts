import type { SiteCertificate } from './site-plan.ts'
import { limitAt, type SiteProblem, whPerSlot } from './site-problem.ts'

/** Prices of a weak duality bound: any at all give a true bound, good ones a tight one. */
interface Prices {
  /** At most that of a Wh that is not delivered. */
  readonly car: (car: number) => number
  readonly node: (vertex: number) => number
  /** The price of the market in a slot: of the surplus, and of import. */
  readonly market: (slot: number) => { readonly surplus: number; readonly imported: number }
}

const times = (energy: number, price: number): bigint => BigInt(energy) * BigInt(price)

/**
 * What the site's limit and the surplus of a slot are worth. The price between the two is free, at most that of import: the one
 * that makes the bound tightest is the price of the site or that of the surplus.
 */
const worthOfSite = (problem: SiteProblem, slot: number, prices: Prices): bigint => {
  const { surplus, imported } = prices.market(slot)
  const price = prices.node(slot)
  const limit = whPerSlot(limitAt(problem.nodes[0]!, slot), problem.slotLength)
  const sun = problem.surplus ? whPerSlot(problem.surplus.power[slot]!, problem.slotLength) : 0
  const worthAt = (between: number) => times(limit, Math.max(0, price - between)) + times(sun, Math.max(0, between - surplus))
  const [a, b] = [worthAt(Math.min(price, imported)), worthAt(Math.min(surplus, imported))]
  return a < b ? a : b
}

/** What the limits of all nodes and the surplus are worth at these prices. */
const worthOfLimits = (problem: SiteProblem, prices: Prices): bigint => {
  const { nodes, pricePerKwh, slotLength } = problem
  const slots = pricePerKwh.length
  let worth = 0n
  for (let slot = 0; slot < slots; slot++) worth += worthOfSite(problem, slot, prices)
  for (const [index, node] of nodes.entries())
    for (let slot = 0; slot < slots && node.parent !== undefined; slot++) {
      const rise = prices.node(index * slots + slot) - prices.node(node.parent * slots + slot)
      if (rise > 0) worth += times(whPerSlot(limitAt(node, slot), slotLength), rise)
    }
  return worth
}

/** Least of (cost + price of shortfall * shortfall) over all plans, by weak duality. */
const bound = (problem: SiteProblem, prices: Prices): bigint => {
  const slots = problem.pricePerKwh.length
  let total = -worthOfLimits(problem, prices)
  for (const [index, car] of problem.cars.entries()) {
    const price = prices.car(index)
    let rent = 0
    for (let slot = car.arriveSlot; slot < car.departSlot; slot++) rent += Math.max(0, price - prices.node(car.node * slots + slot))
    total += times(car.need, price) - times(whPerSlot(car.maxPower, problem.slotLength), rent)
  }
  return total
}

/** No plan lacks less than this, in Wh: a cut through everything that can reach no more energy. */
export const shortfallBound = (problem: SiteProblem, { shortfallPrice, carPrice, nodePrice }: SiteCertificate): bigint =>
  bound(problem, {
    car: (car) => (carPrice[car]! >= shortfallPrice ? 1 : 0),
    node: (vertex) => (nodePrice[vertex]! >= shortfallPrice ? 1 : 0),
    market: () => ({ surplus: 0, imported: 0 }),
  })

/** No plan that lacks so much costs less than this, in billionths of the currency unit. */
export const costBound = (problem: SiteProblem, certificate: SiteCertificate, shortfallWh: number): bigint => {
  const { shortfallPrice, carPrice, nodePrice } = certificate
  const together = bound(problem, {
    car: (car) => Math.min(carPrice[car]!, shortfallPrice),
    node: (vertex) => nodePrice[vertex]!,
    market: (slot) => ({
      surplus: problem.surplus?.feedInPerKwh[slot] ?? problem.pricePerKwh[slot]!,
      imported: problem.pricePerKwh[slot]!,
    }),
  })
  return together - times(shortfallWh, shortfallPrice)
}
