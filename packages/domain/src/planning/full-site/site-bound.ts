import type { FullSiteCertificate } from './full-site-plan.ts'
import type { FullSiteProblem } from './full-site-problem.ts'
import { carRoomAt, hoursOf, limitOf, marketAt, phaseRoomAt, withoutCars } from './full-site-rules.ts'

/** Least of what the market and the site's limit cost less what cars pay at the entrance, in one slot, when import may be `peak` at most. */
const leastInSlot = (
  problem: FullSiteProblem,
  slot: number,
  at: { readonly price: number; readonly peak: number; readonly gives: boolean },
): number => {
  const { imported, fedIn } = marketAt(problem, slot)
  const base = withoutCars(problem, slot)
  const { most: limit, least } = carRoomAt(problem, slot)
  const room = { most: limit, least: at.gives ? least : 0 }
  const market = (power: number) => (power > 0 ? imported : fedIn) * power
  const most = Math.max(room.least, Math.min(room.most, at.peak - base))
  // Linear between these: an end of the room, or where feeding in turns into import.
  const kink = Math.min(most, Math.max(room.least, -base))
  return Math.min(...[room.least, kink, most].map((power) => market(base + power) - market(base) - at.price * power))
}

/**
 * Least over all loads of the site of its extra cost less what the cars pay for it at `sitePrice`, in watt-slots times micros.
 * It is convex and piecewise linear in the peak: the least is at the peak without cars or where a slot's limit is reached.
 */
export const siteBound = (problem: FullSiteProblem, sitePrice: Float64Array): number => {
  const slots = problem.pricePerKwh.length
  const gives = problem.cars.some(({ vehicleToGrid }) => vehicleToGrid)
  const sum = (peak: number) => {
    let total = 0
    for (let slot = 0; slot < slots; slot++) total += leastInSlot(problem, slot, { price: sitePrice[slot]!, peak, gives })
    return total
  }
  if (!problem.demandCharge) return sum(Number.POSITIVE_INFINITY)
  const perWatt = problem.demandCharge.pricePerKw / hoursOf(problem)
  const { peakSoFar } = problem.demandCharge
  let [alone, forced]: [number, number] = [peakSoFar, peakSoFar]
  const levels: number[] = []
  for (let slot = 0; slot < slots; slot++) {
    const [base, room] = [withoutCars(problem, slot), carRoomAt(problem, slot)]
    alone = Math.max(alone, base)
    forced = Math.max(forced, base + room.least)
    levels.push(base + room.most)
  }
  // Cars that give back can bring the peak below that of the building, as far as all may give: below that the sum is not convex, nor a peak possible.
  const least = gives ? forced : alone
  // Each once: between two of the same the sum does not fall, and the search would stop there.
  const peaks = [least, ...new Set(levels.filter((level) => level > least).sort((a, b) => a - b))]
  const cost = (at: number) => sum(peaks[at]!) + perWatt * (peaks[at]! - alone)
  let [low, high] = [0, peaks.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (cost(middle) <= cost(middle + 1)) high = middle
    else low = middle + 1
  }
  return cost(low)
}

/** What the limits of all nodes below the site, and of all phases, are worth at the certificate's prices. */
export const worthOfLimits = (problem: FullSiteProblem, { nodePrice, phasePrice }: FullSiteCertificate): number => {
  const slots = problem.pricePerKwh.length
  let worth = 0
  for (const [index, node] of problem.nodes.entries())
    for (let slot = 0; slot < slots; slot++) {
      if (index > 0) worth += limitOf(node.limit, slot) * Math.abs(nodePrice[index * slots + slot]!)
      if (!node.phases) continue
      for (let phase = 0; phase < 3; phase++) {
        const { most, least } = phaseRoomAt(problem, index, { phase, slot })
        const price = phasePrice[(index * 3 + phase) * slots + slot]!
        worth += price > 0 ? price * most : price * least
      }
    }
  return worth
}
