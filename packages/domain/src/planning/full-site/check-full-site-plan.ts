import { checkCar, type FullSiteViolation, partOf } from './check-car.ts'
import { fullSiteBound } from './full-site-bound.ts'
import type { FullSiteCertificate, FullSiteCost, FullSitePlan } from './full-site-plan.ts'
import type { FullSiteProblem } from './full-site-problem.ts'
import {
  carRoomAt,
  drawingsOf,
  hoursOf,
  limitOf,
  marketAt,
  phaseRoomAt,
  pricedLack,
  shortfallPriceOf,
  withoutCars,
} from './full-site-rules.ts'

export interface FullSiteCheck {
  /** Empty when the plan keeps every rule and says of itself what is true. */
  readonly violations: readonly FullSiteViolation[]
  /** What the cars cost and what is lacking, at its price; in billionths of the currency unit. */
  readonly carsNanos: bigint
  /** No plan can be below this. */
  readonly boundNanos: bigint
  /** The most that the plan can be above the best, against what the cars cost. */
  readonly gap: number
}

type Report = (code: FullSiteViolation['code'], field: string, message: string) => void

const shapeFits = ({ cars, nodes, pricePerKwh }: FullSiteProblem, plan: FullSitePlan, certificate: FullSiteCertificate): boolean => {
  const { offsets, powerW, phases } = plan
  const { sitePrice, nodePrice, phasePrice, carPrice } = certificate
  const slots = pricePerKwh.length
  if (offsets.length !== cars.length + 1 || powerW.length !== offsets[cars.length] || phases.length !== powerW.length) return false
  if (cars.some(({ arriveSlot, departSlot }, car) => offsets[car + 1]! - offsets[car]! !== departSlot - arriveSlot)) return false
  if (sitePrice.length !== slots || nodePrice.length !== nodes.length * slots) return false
  if (certificate.cases?.some((one) => one.carPrice.length !== cars.length || one.onPrice.length !== cars.length)) return false
  return phasePrice.length === nodes.length * 3 * slots && carPrice.length === cars.length
}

/** What flows into every node, in all and by phase, at `(node * 4 + part) * slots + slot` with L1, L2, L3 and all as parts; phases in thirds of a W. */
const flowsOf = ({ cars, nodes, pricePerKwh }: FullSiteProblem, plan: FullSitePlan): Float64Array => {
  const slots = pricePerKwh.length
  const flow = new Float64Array(nodes.length * 4 * slots)
  for (const [index, car] of cars.entries()) {
    const { power, phases } = partOf(plan, index)
    const drawings = drawingsOf(car)
    for (const [at, watts] of power.entries()) {
      const place = car.node * 4 * slots + car.arriveSlot + at
      flow[place + 3 * slots]! += watts
      for (const phase of drawings.find((one) => one.phases === phases[at])?.from ?? [])
        flow[place + phase * slots]! += phases[at] === 1 ? 3 * watts : watts
    }
  }
  for (let node = nodes.length - 1; node > 0; node--)
    for (let at = 0; at < 4 * slots; at++) flow[nodes[node]!.parent! * 4 * slots + at]! += flow[node * 4 * slots + at]!
  return flow
}

const checkLimits = (problem: FullSiteProblem, flow: Float64Array, report: Report): void => {
  const { nodes } = problem
  const slots = problem.pricePerKwh.length
  for (const [index, node] of nodes.entries())
    for (let slot = 0; slot < slots; slot++) {
      const through = flow[(index * 4 + 3) * slots + slot]!
      const limit = limitOf(node.limit, slot)
      const { most, least } = index === 0 ? carRoomAt(problem, slot) : { most: limit, least: -limit }
      if (through > most + 1e-6 || through < least - 1e-6)
        report('limit', `nodes[${index}]`, `carries ${through} W of cars in slot ${slot}, not from ${least} to ${most}`)
      if (!node.phases) continue
      for (let phase = 0; phase < 3; phase++) {
        const room = phaseRoomAt(problem, index, { phase, slot })
        const onPhase = flow[(index * 4 + phase) * slots + slot]! / 3
        if (onPhase > room.most + 1e-6 || onPhase < room.least - 1e-6)
          report(
            'phase',
            `nodes[${index}]`,
            `carries ${onPhase} W of cars on L${phase + 1} in slot ${slot}, not from ${room.least} to ${room.most}`,
          )
      }
    }
}

/** What a site pays for its loads by slot. */
const costOfLoads = (problem: FullSiteProblem, load: (slot: number) => number) => {
  let [energy, peak] = [0n, problem.demandCharge?.peakSoFar ?? 0]
  for (let slot = 0; slot < problem.pricePerKwh.length; slot++) {
    const { imported, fedIn } = marketAt(problem, slot)
    const power = load(slot)
    energy += BigInt(power) * BigInt(power > 0 ? imported : fedIn)
    peak = Math.max(peak, power)
  }
  const { pricePerKw, peakSoFar } = problem.demandCharge ?? { pricePerKw: 0, peakSoFar: 0 }
  return {
    energyNanos: (energy * BigInt(problem.slotLength)) / 3_600_000n,
    demandNanos: problem.demandCharge ? BigInt(pricePerKw) * BigInt(peak - peakSoFar) : 0n,
  }
}

const costOf = (
  problem: FullSiteProblem,
  plan: FullSitePlan,
  of: { readonly flow: Float64Array; readonly lacking: readonly number[] },
): FullSiteCost => {
  const slots = problem.pricePerKwh.length
  const [hours, shortfallPrice] = [hoursOf(problem), shortfallPriceOf(problem)]
  const alone = costOfLoads(problem, (slot) => withoutCars(problem, slot))
  let [wear, shortfall] = [0n, 0n]
  for (const [index, car] of problem.cars.entries()) {
    shortfall += BigInt(Math.round(pricedLack(car, of.lacking[index]!, hours) * shortfallPrice * (1 + (car.priority ?? 0)) * hours))
    if (!car.vehicleToGrid) continue
    for (const watts of partOf(plan, index).power) if (watts < 0) wear += BigInt(-watts) * BigInt(car.vehicleToGrid.wearPerKwh)
  }
  return {
    ...costOfLoads(problem, (slot) => withoutCars(problem, slot) + of.flow[3 * slots + slot]!),
    wearNanos: (wear * BigInt(problem.slotLength)) / 3_600_000n,
    withoutCarsNanos: alone.energyNanos + alone.demandNanos,
    shortfallNanos: shortfall,
  }
}

const checkClaims = (
  plan: FullSitePlan,
  found: { readonly cost: FullSiteCost; readonly lackingWh: readonly number[] },
  report: Report,
): void => {
  const claimed = new Map(plan.shortfalls.map(({ car, shortfall }) => [car, shortfall]))
  for (const [car, lacks] of found.lackingWh.entries())
    if (lacks !== (claimed.get(car) ?? 0)) report('shortfall', `cars[${car}]`, `lacks ${lacks} Wh, not ${claimed.get(car) ?? 0}`)
  for (const name of ['energyNanos', 'demandNanos', 'wearNanos', 'withoutCarsNanos', 'shortfallNanos'] as const) {
    const [is, says] = [found.cost[name], plan.cost[name]]
    // What a battery lacks is no whole Wh: its price is rounded, for each car once.
    const slack = name === 'shortfallNanos' ? BigInt(found.lackingWh.length) : 0n
    if (is - says > slack || says - is > slack) report('cost', name, `is ${is}, not ${says}`)
  }
}

/**
 * Checks a plan without trusting who made it, and shares no code with the planner: powers, steps, phases, pauses, batteries and
 * guarantees of each car, every limit of every node and phase in every slot, what is lacking and what it costs; and from the
 * certificate's prices how far it can be from the best (weak duality: any prices give a true bound). The problem itself must be
 * sound (`fullSiteFaults`).
 */
export const checkFullSitePlan = (problem: FullSiteProblem, plan: FullSitePlan, certificate: FullSiteCertificate): FullSiteCheck => {
  const violations: FullSiteViolation[] = []
  const report: Report = (code, field, message) => violations.push({ code, field, message })
  const unproved = { violations, carsNanos: 0n, boundNanos: 0n, gap: Number.POSITIVE_INFINITY }
  if (!shapeFits(problem, plan, certificate)) {
    report('shape', 'plan', 'does not have the cars, windows and nodes of the problem')
    return unproved
  }
  const hours = hoursOf(problem)
  const lacking = problem.cars.map((car, index) =>
    checkCar(car, partOf(plan, index), { hours, report: (code, message) => report(code, `cars[${index}]`, message) }),
  )
  const flow = flowsOf(problem, plan)
  checkLimits(problem, flow, report)
  const cost = costOf(problem, plan, { flow, lacking })
  checkClaims(plan, { cost, lackingWh: lacking.map((slots) => Math.ceil(slots * hours - 1e-6)) }, report)
  const bound = fullSiteBound(problem, certificate)
  if (!Number.isFinite(bound)) {
    report('certificate', 'certificate', 'has prices that are not finite numbers, or none that bound a car')
    return unproved
  }
  const carsNanos = cost.energyNanos + cost.demandNanos + cost.wearNanos + cost.shortfallNanos - cost.withoutCarsNanos
  // Each part of the cost was rounded to a whole billionth.
  const boundNanos = BigInt(Math.floor(bound)) - BigInt(3 + problem.cars.length)
  const [above, size] = [Number(carsNanos - boundNanos), Math.abs(Number(carsNanos))]
  return { violations, carsNanos, boundNanos, gap: above <= 0 ? 0 : above / size }
}
