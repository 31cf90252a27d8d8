import type { Network } from './network.ts'
import { type MicrosPerKwh, microsPerKwh, type SiteCar } from './site-problem.ts'
import { type SiteSolver, stateOf } from './site-solver.ts'
import { completeLabels } from './sweep-levels.ts'

/** What one more Wh would cost, for a driver who asks before plugging in. */
export interface SiteQuote {
  /** In each slot of the window, what others then pay more included; undefined where no more can be had. */
  readonly slots: readonly (MicrosPerKwh | undefined)[]
  /** The cheapest of them. */
  readonly lowest: MicrosPerKwh | undefined
}

const quoteAt = ({ labels, market, slots }: Network, node: number, slot: number): MicrosPerKwh | undefined => {
  const level = labels.nodeLevel[node * slots + slot]!
  return level < 0 ? undefined : microsPerKwh(market.levelPrice[level]!)
}

/** The marginal price of energy at a node over a window, as the site is planned now. Changes no plan. */
export const quoteSite = (solver: SiteSolver, { node, arriveSlot, departSlot }: Omit<SiteCar, 'need' | 'maxPower'>): SiteQuote => {
  const { network } = stateOf(solver)
  completeLabels(network)
  const slots = Array.from({ length: Math.max(0, departSlot - arriveSlot) }, (_, index) => quoteAt(network, node, arriveSlot + index))
  const known = slots.filter((price) => price !== undefined)
  return { slots, lowest: known.length === 0 ? undefined : microsPerKwh(Math.min(...known)) }
}
