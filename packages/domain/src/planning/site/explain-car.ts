import { type SiteCertificate, type SitePlan, type SiteShortfallCause, scheduleOf } from './site-plan.ts'
import { type MicrosPerKwh, microsPerKwh, type SiteProblem, whPerSlot } from './site-problem.ts'

/** Why a car has the plan it has. */
export interface CarReason {
  /**
   * `cheapestSlots`: nothing but its own power and window is in its way. `congested`: it would use a cheaper slot if the limit
   * at `at` were higher. Else why it lacks energy.
   */
  readonly code: 'cheapestSlots' | 'congested' | SiteShortfallCause
  /** What one more Wh for it would cost; undefined where no more can be had. */
  readonly marginalPerKwh: MicrosPerKwh | undefined
  /** The limit that is in its way, and the first slot where it is. */
  readonly at?: { readonly node: number; readonly slot: number }
}

/** The lowest node on the way up whose price is above that of what follows it: the limit that binds. */
const bindingNode = ({ nodes, pricePerKwh }: SiteProblem, { nodePrice }: SiteCertificate, from: { node: number; slot: number }): number => {
  const slots = pricePerKwh.length
  let node = from.node
  for (let above = nodes[node]!.parent; above !== undefined; above = nodes[node]!.parent) {
    if (nodePrice[node * slots + from.slot]! > nodePrice[above * slots + from.slot]!) return node
    node = above
  }
  return node
}

/** Explains one car of a plan by its certificate. */
export const explainCar = (
  problem: SiteProblem,
  plan: SitePlan,
  { certificate, car }: { readonly certificate: SiteCertificate; readonly car: number },
): CarReason => {
  const { pricePerKwh, surplus, slotLength } = problem
  const { arriveSlot, departSlot, maxPower, node } = problem.cars[car]!
  const energies = scheduleOf(plan, car)
  const most = whPerSlot(maxPower, slotLength)
  const price = certificate.carPrice[car]!
  const marginalPerKwh = price < certificate.shortfallPrice ? microsPerKwh(price) : undefined
  const lacks = plan.shortfallWh[car]! > 0
  const cheapestAt = (slot: number) => (surplus && surplus.power[slot]! > 0 ? surplus.feedInPerKwh[slot]! : pricePerKwh[slot]!)
  let dearestUsed = Number.NEGATIVE_INFINITY
  for (const [index, energy] of energies.entries())
    if (energy > 0) dearestUsed = Math.max(dearestUsed, certificate.nodePrice[node * pricePerKwh.length + arriveSlot + index]!)
  for (let slot = arriveSlot; slot < departSlot; slot++) {
    if (energies[slot - arriveSlot]! >= most) continue
    if (lacks) return { code: 'limits', marginalPerKwh, at: { node: bindingNode(problem, certificate, { node, slot }), slot } }
    if (cheapestAt(slot) < dearestUsed)
      return { code: 'congested', marginalPerKwh, at: { node: bindingNode(problem, certificate, { node, slot }), slot } }
  }
  return { code: lacks ? 'tooLittleTime' : 'cheapestSlots', marginalPerKwh }
}
