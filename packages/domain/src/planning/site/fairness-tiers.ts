import { setLeft } from './ask-for.ts'
import { buildNetwork } from './build-network.ts'
import type { FairShares } from './fair-shares.ts'
import { push } from './shift-flow.ts'
import type { FairnessTiers } from './site-plan.ts'
import { type SiteProblem, withoutPrices } from './site-problem.ts'
import { completeLabels } from './sweep-levels.ts'

/**
 * The proof that shares are fair: groups are let in one after the other, and what is stuck for the first time after a group is of
 * its tier. Cars and nodes up to a tier are a cut that is full with what the cars up to that tier get.
 */
export const fairnessTiers = (problem: SiteProblem, { amounts, groups }: FairShares): FairnessTiers => {
  const competing = groups.flat()
  const { network, positions } = buildNetwork({ ...withoutPrices(problem), cars: competing.map((car) => problem.cars[car]!) })
  network.cars.left.fill(0)
  network.cars.unmet.fill(0)
  const carTier = new Int32Array(problem.cars.length).fill(groups.length)
  const nodeTier = new Int32Array(network.labels.nodeLevel.length).fill(groups.length)
  let begin = 0
  for (const [tier, group] of groups.entries()) {
    for (const [index, car] of group.entries()) setLeft(network, positions[begin + index]!, amounts[car]!)
    begin += group.length
    push(
      network,
      0,
      group.reduce((sum, car) => sum + amounts[car]!, 0),
    )
    completeLabels(network)
    for (const [index, car] of competing.entries())
      if (carTier[car] === groups.length && network.labels.carLevel[positions[index]!] === -1) carTier[car] = tier
    for (let vertex = 0; vertex < nodeTier.length; vertex++)
      if (nodeTier[vertex] === groups.length && network.labels.nodeLevel[vertex] === -1) nodeTier[vertex] = tier
  }
  return { count: groups.length, carTier, nodeTier }
}
