import type { FairnessTiers, SitePlan } from './site-plan.ts'
import { limitAt, priorityOf, type SiteCar, type SiteProblem, whPerSlot } from './site-problem.ts'

type Report = (field: string, message: string) => void

/** What lies between a tier and a later one counts for all tiers from the first on, until the second. */
const addBetween = (sums: Float64Array, amount: number, { from, until }: { readonly from: number; readonly until: number }): void => {
  if (from >= until) return
  sums[from]! += amount
  sums[until]! -= amount
}

/** What can leave the cars and nodes up to a tier, less what the cars have: 0 where they cannot have more together. */
const sparePerTier = (problem: SiteProblem, { shortfallWh }: SitePlan, { count, carTier, nodeTier }: FairnessTiers): Float64Array => {
  const { nodes, cars, pricePerKwh, slotLength } = problem
  const slots = pricePerKwh.length
  const spare = new Float64Array(count + 1)
  for (const [car, { arriveSlot, departSlot, need, maxPower, node }] of cars.entries()) {
    const own = whPerSlot(maxPower, slotLength)
    const from = carTier[car]!
    addBetween(spare, shortfallWh[car]! - need, { from, until: count })
    for (let slot = arriveSlot; slot < departSlot; slot++) addBetween(spare, own, { from, until: nodeTier[node * slots + slot]! })
  }
  for (const [index, node] of nodes.entries())
    for (let slot = 0; slot < slots; slot++) {
      const until = node.parent === undefined ? count : nodeTier[node.parent * slots + slot]!
      addBetween(spare, whPerSlot(limitAt(node, slot), slotLength), { from: nodeTier[index * slots + slot]!, until })
    }
  for (let tier = 1; tier < count; tier++) spare[tier]! += spare[tier - 1]!
  return spare.subarray(0, count)
}

/** A hair of tolerance for quotients of whole numbers. */
const HAIR = 1 + 1e-12

const lacks = ({ need, maxPower, arriveSlot, departSlot }: SiteCar, shortfall: number, { slotLength }: SiteProblem): boolean =>
  need - shortfall < Math.min(need, whPerSlot(maxPower, slotLength) * (departSlot - arriveSlot))

/** Holds each car that lacks energy against all that it could have it from: those of its tier and of earlier ones. */
const checkExchanges = (
  problem: SiteProblem,
  { shortfallWh }: SitePlan,
  at: { readonly tiers: FairnessTiers; readonly report: Report },
) => {
  const { cars } = problem
  const { count, carTier } = at.tiers
  const members: number[][] = Array.from({ length: count }, () => [])
  for (let car = 0; car < cars.length; car++) {
    if (carTier[car]! < count) members[carTier[car]!]!.push(car)
    else if (lacks(cars[car]!, shortfallWh[car]!, problem)) at.report(`cars[${car}]`, 'lacks energy, and no tier proves that it has to')
  }
  let least = Number.POSITIVE_INFINITY
  const bestOf = new Map<number, number>()
  for (const tier of members) {
    for (const car of tier) {
      const [priority, need] = [priorityOf(cars[car]!), cars[car]!.need]
      const delivered = need - shortfallWh[car]!
      if (delivered === 0) continue
      least = Math.min(least, priority)
      bestOf.set(priority, Math.max(bestOf.get(priority) ?? 0, (delivered - 0.5) / need))
    }
    for (const car of tier) {
      const [priority, need] = [priorityOf(cars[car]!), cars[car]!.need]
      if (!lacks(cars[car]!, shortfallWh[car]!, problem)) continue
      if (least < priority) at.report(`cars[${car}]`, 'lacks energy that a car of a lower priority may have')
      if ((bestOf.get(priority) ?? 0) > ((need - shortfallWh[car]! + 0.5) / need) * HAIR)
        at.report(`cars[${car}]`, 'lacks energy that a more satisfied car may have')
    }
  }
}

const isShaped = ({ cars, nodes, pricePerKwh }: SiteProblem, { count, carTier, nodeTier }: FairnessTiers): boolean => {
  const isTier = (tier: number) => Number.isInteger(tier) && tier >= 0 && tier <= count
  const fits = carTier.length === cars.length && nodeTier.length === nodes.length * pricePerKwh.length
  return Number.isInteger(count) && count >= 0 && fits && carTier.every(isTier) && nodeTier.every(isTier)
}

/**
 * Proves that those who lack energy are chosen fairly, without trusting who chose them. Two things are enough. The cars up to a tier
 * get together all that can leave the nodes up to it, so that one of them can only get more when another gets less (a minimum
 * cut). And of those others none has a lower priority, and none of the same would still be as satisfied with one Wh less as the
 * car with one more, to half a Wh.
 */
export const checkFairness = (problem: SiteProblem, plan: SitePlan, at: { readonly tiers: FairnessTiers; readonly report: Report }) => {
  if (!isShaped(problem, at.tiers)) {
    at.report('tiers', 'do not have the cars and nodes of the problem')
    return
  }
  for (const [tier, spare] of sparePerTier(problem, plan, at.tiers).entries())
    if (spare !== 0) at.report(`tiers[${tier}]`, `is no proof: ${spare} Wh more could reach its cars`)
  checkExchanges(problem, plan, at)
}
