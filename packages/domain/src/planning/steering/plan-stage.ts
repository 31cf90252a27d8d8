import { fail, HOUR, ok, type Result, wattHours, watts } from '@voltway/units'
import { checkSitePlan, type MicrosPerKwh, planSite, type SiteFault, type SiteNode, type SiteProblem, scheduleOf } from '../site/index.ts'
import type { SlotGrid } from './slot-grid.ts'
import type { SteeredSite } from './steered-site.ts'

/** Energy that one car is to have in this stage. */
export interface StageDemand {
  /** Its place in the site's cars. */
  readonly car: number
  readonly need: number
  readonly arriveSlot: number
  /** The slot before which it leaves. */
  readonly departSlot: number
  /** False for slots that it may not use. */
  readonly isOpen?: ((slot: number) => boolean) | undefined
}

/** What is left of the site for the stages to come, in whole Wh; changed in place. */
export interface SiteRoom {
  /** The site, then each station, then each car's EVSE: at `node * slots + slot`. */
  readonly wh: Float64Array
  /** What each car was given, at `car * slots + slot`. */
  readonly given: Float64Array
}

/** Gives a car energy in a slot, out of the room of all that is above it. */
export const giveEnergy = (
  { cars, stations }: SteeredSite,
  { wh, given }: SiteRoom,
  {
    car,
    at: { slot, count },
    energy,
  }: { readonly car: number; readonly at: { readonly slot: number; readonly count: number }; readonly energy: number },
): void => {
  given[car * count + slot]! += energy
  for (const node of [0, 1 + cars[car]!.station, 1 + stations.length + car]) wh[node * count + slot]! -= energy
}

/** Which limit is in a car's way. */
export type BindingPlace = 'site' | 'station' | 'evse' | 'price' | 'phase'

export interface DemandOutcome {
  readonly demand: StageDemand
  readonly shortfall: number
  readonly code: 'cheapestSlots' | 'congested' | 'tooLittleTime' | 'limits'
  /** What one more Wh would cost; undefined where no more can be had. */
  readonly marginalPerKwh: MicrosPerKwh | undefined
  readonly at: BindingPlace | undefined
}

export interface StagePlan {
  readonly outcomes: readonly DemandOutcome[]
  /** How far the plan can be from the best, as its certificate proves; 0 is none. */
  readonly costGapNanos: bigint
  readonly shortfallGapWh: bigint
}

/** A car that is only held by its own EVSE has the cheapest slots that there are for it; what it lacks, it has no time for. */
const AT_EVSE: Readonly<Record<DemandOutcome['code'], DemandOutcome['code']>> = {
  cheapestSlots: 'cheapestSlots',
  congested: 'cheapestSlots',
  tooLittleTime: 'tooLittleTime',
  limits: 'tooLittleTime',
}

const NOTHING: StagePlan = { outcomes: [], costGapNanos: 0n, shortfallGapWh: 0n }

/** A stage as a problem: site, stations, the EVSEs of its cars, and under these what a driver's price leaves open. */
const problemOf = (
  site: SteeredSite,
  grid: SlotGrid,
  stage: { prices: readonly MicrosPerKwh[]; demands: readonly StageDemand[]; room: SiteRoom },
): SiteProblem => {
  const { prices, demands, room } = stage
  const { count, slotLength } = grid
  const limitsOf = (node: number) =>
    Array.from({ length: count }, (_, slot) => watts((Math.max(0, room.wh[node * count + slot]!) * HOUR) / slotLength))
  const fixed = 1 + site.stations.length
  const nodes: SiteNode[] = Array.from({ length: fixed }, (_, node) => ({ ...(node > 0 && { parent: 0 }), limit: limitsOf(node) }))
  const evseNodes = new Map<number, number>()
  for (const { car } of demands) {
    if (evseNodes.has(car)) continue
    evseNodes.set(car, nodes.length)
    nodes.push({ parent: 1 + site.cars[car]!.station, limit: limitsOf(fixed + car) })
  }
  const cars = demands.map(({ car, need, arriveSlot, departSlot, isOpen }) => {
    const evse = evseNodes.get(car)!
    const most = Math.max(...limitsOf(fixed + car), 1)
    if (isOpen) nodes.push({ parent: evse, limit: limitsOf(fixed + car).map((limit, slot) => (isOpen(slot) ? limit : watts(0))) })
    return { arriveSlot, departSlot, need: wattHours(need), maxPower: watts(most), node: isOpen ? nodes.length - 1 : evse }
  })
  return { slotLength, pricePerKwh: prices, nodes, cars }
}

/**
 * Plans one stage in what earlier stages left, and takes what it uses out of the room: those who come first lose nothing to those
 * who come later. Exact and certified for the stage.
 */
export const planStage = (
  site: SteeredSite,
  grid: SlotGrid,
  stage: { readonly prices: readonly MicrosPerKwh[]; readonly demands: readonly StageDemand[]; readonly room: SiteRoom },
): Result<StagePlan, readonly SiteFault[]> => {
  const demands = stage.demands.filter(({ need }) => need > 0)
  if (demands.length === 0) return ok(NOTHING)
  const { room } = stage
  const { count } = grid
  const problem = problemOf(site, grid, { ...stage, demands })
  const planned = planSite(problem)
  if (!planned.ok) return planned
  const { plan, certificate } = planned.value
  const check = checkSitePlan(problem, plan, certificate)
  if (check.violations.length > 0) return fail(check.violations.map(({ field, message }) => ({ code: 'contradiction', field, message })))
  const fixed = 1 + site.stations.length
  const subNodes = fixed + new Set(demands.map(({ car }) => car)).size
  const placeOf = (node: number): BindingPlace => (node === 0 ? 'site' : node < fixed ? 'station' : node < subNodes ? 'evse' : 'price')
  for (const [index, { car, arriveSlot }] of demands.entries())
    for (const [place, energy] of scheduleOf(plan, index).entries())
      giveEnergy(site, room, { car, at: { slot: arriveSlot + place, count }, energy })
  const outcomes = demands.map((demand, index): DemandOutcome => {
    const { code, marginalPerKwh, at } = check.cars[index]!
    const place = at && placeOf(at.node)
    return { demand, shortfall: plan.shortfallWh[index]!, code: place === 'evse' ? AT_EVSE[code] : code, marginalPerKwh, at: place }
  })
  return ok({ outcomes, costGapNanos: check.costGapNanos, shortfallGapWh: check.shortfallGapWh })
}
