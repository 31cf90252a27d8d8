import { type WattHours, wattHours } from '@voltway/units'
import { buildNetwork } from './build-network.ts'
import type { Network } from './network.ts'
import { type MicrosPerKwh, microsPerKwh, type SiteCar, type SiteProblem } from './site-problem.ts'
import { solveNetwork } from './solve-network.ts'
import { completeLabels } from './sweep-levels.ts'

/** A site at which energy costs the same everywhere, so that only what can be delivered counts. */
export const withoutPrices = ({ surplus: _, ...problem }: SiteProblem): SiteProblem => ({
  ...problem,
  pricePerKwh: problem.pricePerKwh.map((): MicrosPerKwh => microsPerKwh(0)),
})

export interface Delivery {
  readonly total: number
  /** By the places in `cars`: what each gets, and whether no more can be had for it, whoever it was taken from outside its kind. */
  readonly amounts: readonly WattHours[]
  readonly isStuck: readonly boolean[]
}

export const isStuckAt = ({ labels }: Network, position: number): boolean => labels.carLevel[position] === -1

/**
 * The most that can be delivered to some cars of a site alone, by a maximum flow. Those that are stuck after it are the largest
 * set that gets, together, all that could ever be delivered to it.
 * @param problem without prices
 */
export const deliver = (problem: SiteProblem, cars: readonly SiteCar[]): Delivery => {
  const { network, positions } = buildNetwork({ ...problem, cars })
  const { left } = network.cars
  const asked = cars.map((_, index) => left[positions[index]!]!)
  solveNetwork(network)
  completeLabels(network)
  const amounts = asked.map((amount, index) => wattHours(amount - left[positions[index]!]!))
  return {
    total: amounts.reduce((sum, amount) => sum + amount, 0),
    amounts,
    isStuck: cars.map((_, index) => isStuckAt(network, positions[index]!)),
  }
}
