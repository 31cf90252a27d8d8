import { wattHours } from '@voltway/units'
import { buildNetwork } from './build-network.ts'
import { fairShares } from './fair-shares.ts'
import { fairnessTiers } from './fairness-tiers.ts'
import type { Network } from './network.ts'
import type { FairnessTiers } from './site-plan.ts'
import { type SiteProblem, sharesFairly } from './site-problem.ts'
import { solveNetwork } from './solve-network.ts'
import { completeLabels } from './sweep-levels.ts'

/** What each car may get in Wh, by its place in the problem, where that had to be settled before prices; and the proof that it is fair. */
export interface Settlement {
  readonly amounts: Int32Array
  readonly tiers: FairnessTiers
}

export interface SolvedSite {
  readonly network: Network
  /** Where each car of the problem stands in the network. */
  readonly positions: Int32Array
  readonly settlement?: Settlement
}

/** Whether a car lacks energy that its own window and power could have taken. */
export const lacksEnergy = ({ cars }: Network): boolean => cars.unmet.some((bits) => bits !== 0)

/** Plans a sound problem. Only where somebody lacks energy and it matters who, amounts are settled first and then planned anew. */
export const solveSite = (problem: SiteProblem): SolvedSite => {
  const { network, positions } = buildNetwork(problem)
  solveNetwork(network)
  if (!lacksEnergy(network) || !sharesFairly(problem)) return { network, positions }
  completeLabels(network)
  const stuck = [...problem.cars.keys()].filter((car) => network.labels.carLevel[positions[car]!] === -1)
  const shares = fairShares(problem, stuck)
  const cars = problem.cars.map((car, index) => ({ ...car, need: wattHours(shares.amounts[index]!) }))
  const settled = buildNetwork({ ...problem, cars })
  solveNetwork(settled.network)
  return { ...settled, settlement: { amounts: shares.amounts, tiers: fairnessTiers(problem, shares) } }
}
