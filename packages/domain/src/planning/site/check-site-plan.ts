import { wattHours } from '@voltway/units'
import { costBound, shortfallBound } from './certified-bounds.ts'
import { checkFairness } from './check-fairness.ts'
import { type CarReason, explainCar } from './explain-car.ts'
import type { SiteCertificate, SitePlan } from './site-plan.ts'
import { limitAt, type SiteProblem, sharesFairly, whPerSlot } from './site-problem.ts'

/** A rule that a plan or its certificate breaks. */
export interface SiteViolation {
  readonly code: 'shape' | 'energy' | 'power' | 'need' | 'limit' | 'shortfall' | 'cost' | 'certificate' | 'fairness'
  readonly field: string
  readonly message: string
}

export interface SitePlanCheck {
  /** Empty when the plan keeps every rule, says of itself what is true, and has a certificate that can be read. */
  readonly violations: readonly SiteViolation[]
  /** Wh that the plan may lack more than the best; 0 is a proof that it does not. */
  readonly shortfallGapWh: bigint
  /**
   * Billionths that it may cost more than the best plan that lacks as much; 0 is a proof that it does not. Where it matters who
   * lacks energy, the best plan in which each car gets as much.
   */
  readonly costGapNanos: bigint
  /** Why each car pays what it pays, or lacks what it lacks. */
  readonly cars: readonly CarReason[]
}

type Report = (code: SiteViolation['code'], field: string, message: string) => void

const shapeFits = ({ cars, nodes, pricePerKwh }: SiteProblem, plan: SitePlan, certificate: SiteCertificate): boolean => {
  const { offsets, energyWh, shortfallWh } = plan
  if (offsets.length !== cars.length + 1 || shortfallWh.length !== cars.length || energyWh.length !== offsets[cars.length]) return false
  if (cars.some(({ arriveSlot, departSlot }, car) => offsets[car + 1]! - offsets[car]! !== departSlot - arriveSlot)) return false
  return certificate.carPrice.length === cars.length && certificate.nodePrice.length === nodes.length * pricePerKwh.length
}

/** Checks each car by itself. @returns what flows into each node in each slot from its own cars */
const checkCars = (problem: SiteProblem, { energyWh, offsets, shortfallWh }: SitePlan, report: Report): Float64Array => {
  const slots = problem.pricePerKwh.length
  const flow = new Float64Array(problem.nodes.length * slots)
  for (const [car, { arriveSlot, departSlot, need, maxPower, node }] of problem.cars.entries()) {
    const most = whPerSlot(maxPower, problem.slotLength)
    let delivered = 0
    for (let slot = arriveSlot, at = offsets[car]!; slot < departSlot; slot++, at++) {
      const energy = energyWh[at]!
      if (energy < 0) report('energy', `cars[${car}]`, `has ${energy} Wh in slot ${slot}`)
      if (energy > most) report('power', `cars[${car}]`, `has ${energy} Wh in slot ${slot}, more than ${most}`)
      delivered += energy
      flow[node * slots + slot]! += energy
    }
    if (delivered > need) report('need', `cars[${car}]`, `gets ${delivered} Wh, more than the ${need} that it needs`)
    if (delivered + shortfallWh[car]! !== need) report('shortfall', `cars[${car}]`, `lacks ${need - delivered} Wh, not ${shortfallWh[car]}`)
  }
  return flow
}

/** Sums up the tree, and holds every node against its limit in every slot. */
const checkLimits = ({ nodes, pricePerKwh, slotLength }: SiteProblem, flow: Float64Array, report: Report): void => {
  const slots = pricePerKwh.length
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index]!
    for (let slot = 0; slot < slots; slot++) {
      const through = flow[index * slots + slot]!
      const most = whPerSlot(limitAt(node, slot), slotLength)
      if (through > most) report('limit', `nodes[${index}]`, `carries ${through} Wh in slot ${slot}, more than ${most}`)
      if (node.parent !== undefined) flow[node.parent * slots + slot]! += through
    }
  }
}

/** What the energy of the site costs: the sun's surplus first, then import. */
const costOfSite = ({ pricePerKwh, surplus, slotLength }: SiteProblem, flow: Float64Array): bigint => {
  let nanos = 0n
  for (const [slot, price] of pricePerKwh.entries()) {
    const sun = surplus ? Math.min(flow[slot]!, whPerSlot(surplus.power[slot]!, slotLength)) : 0
    nanos += BigInt(sun) * BigInt(surplus?.feedInPerKwh[slot] ?? 0) + BigInt(flow[slot]! - sun) * BigInt(price)
  }
  return nanos
}

const certificateReads = ({ shortfallPrice, carPrice, nodePrice }: SiteCertificate): boolean =>
  Number.isSafeInteger(shortfallPrice) && carPrice.every(Number.isSafeInteger) && nodePrice.every(Number.isSafeInteger)

/** The problem in which each car asks for what the plan gives it. */
const asDelivered = (problem: SiteProblem, { shortfallWh }: SitePlan): SiteProblem => ({
  ...problem,
  cars: problem.cars.map((car, index) => ({ ...car, need: wattHours(car.need - shortfallWh[index]!) })),
})

/**
 * Checks a plan without trusting who made it: windows, power, needs, every limit in every slot, the shortfall and cost that it
 * claims; and proves from the certificate's prices how far it can be from the best, in whole numbers (weak duality of linear
 * programming: any prices give a true bound, those of a best plan one without a gap). The problem itself must be sound
 * (`siteFaults`).
 */
export const checkSitePlan = (problem: SiteProblem, plan: SitePlan, certificate: SiteCertificate): SitePlanCheck => {
  const violations: SiteViolation[] = []
  const report: Report = (code, field, message) => violations.push({ code, field, message })
  const asked = problem.cars.reduce((sum, { need }) => sum + need, 0)
  const unproved = { violations, shortfallGapWh: BigInt(asked), costGapNanos: plan.energyCostNanos, cars: [] }
  if (!shapeFits(problem, plan, certificate)) {
    report('shape', 'plan', 'does not have the cars, windows and nodes of the problem')
    return unproved
  }
  const flow = checkCars(problem, plan, report)
  checkLimits(problem, flow, report)
  const shortfall = plan.shortfallWh.reduce((sum, lacks) => sum + lacks, 0)
  if (shortfall !== plan.totalShortfall) report('shortfall', 'totalShortfall', `is ${shortfall} Wh, not ${plan.totalShortfall}`)
  const cost = costOfSite(problem, flow)
  if (cost !== plan.energyCostNanos) report('cost', 'energyCostNanos', `is ${cost}, not ${plan.energyCostNanos}`)
  if (!certificateReads(certificate)) {
    report('certificate', 'certificate', 'has prices that are not whole numbers')
    return unproved
  }
  const isShared = shortfall > 0 && sharesFairly(problem)
  const tiers = certificate.tiers ?? { count: 0, carTier: new Int32Array(problem.cars.length), nodeTier: new Int32Array(flow.length) }
  if (isShared) checkFairness(problem, plan, { tiers, report: (field, message) => report('fairness', field, message) })
  const bound = isShared ? costBound(asDelivered(problem, plan), certificate, 0) : costBound(problem, certificate, shortfall)
  return {
    violations,
    shortfallGapWh: BigInt(shortfall) - shortfallBound(problem, certificate),
    costGapNanos: cost - bound,
    cars: problem.cars.map((_, car) => explainCar(problem, plan, { certificate, car })),
  }
}
