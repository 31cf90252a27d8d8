import { amperes, fail, HOUR, ok, type Result, volts, wattHours, watts } from '@voltway/units'
import {
  checkFullSitePlan,
  type FullSiteCar,
  type FullSiteFault,
  type FullSiteNode,
  type FullSiteProblem,
  type PhaseLimit,
  phasesOf,
  planFullSite,
  powerOf,
} from '../full-site/index.ts'
import { type MicrosPerKwh, microsPerKwh } from '../site/index.ts'
import { type LimitRows, slotPowers } from './limit-rows.ts'
import { inTerms } from './round-set-points.ts'
import { arriveSlot, carHours, departSlot, departWhole, pricesAtStart, type SlotGrid } from './slot-grid.ts'
import { PHASE_VOLTS } from './station-terms.ts'
import type { SteeredCar, SteeredSite } from './steered-site.ts'
import { holdFrom } from './switching.ts'

/** Energy that a promised car is to have. */
export interface FullDemand {
  /** Its place in the site's cars. */
  readonly car: number
  readonly need: number
  /** False in slots that cost its driver more than was promised. */
  readonly isOpen: ((slot: number) => boolean) | undefined
  /** How often it may still be paused. */
  readonly pausesLeft: number | undefined
  /** It charges now: to stop is a pause. */
  readonly isCharging: boolean
}

export interface FullStage {
  /** W of each car in each slot, at `car * slots + slot`. */
  readonly power: Float64Array
  /** Phases in use by cars that can be switched, in the slots of their windows, at the same places; 0 elsewhere. */
  readonly phases: Uint8Array
  /** By place in the demands. */
  readonly marginals: readonly MicrosPerKwh[]
  /** Places of demands that lack energy. */
  readonly lacking: ReadonlySet<number>
  readonly costGapNanos: bigint
}

/** What the building takes less what the panels give, in whole W by slot; panels count only as far as they raise no limit. */
export const baseOf = ({ surroundings }: SteeredSite, grid: SlotGrid, rows: LimitRows): Float64Array => {
  const load = slotPowers(grid, surroundings?.load ?? [], 'mean').map(Math.round)
  const sun = slotPowers(grid, surroundings?.solar ?? [], 'mean').map(Math.floor)
  const { limits, sitePhases } = rows
  return load.map((own, slot) => {
    const rowsHere = sitePhases === undefined ? [] : [0, 1, 2].map((phase) => 3 * limits[(sitePhases + phase) * grid.count + slot]!)
    return own - Math.floor(Math.min(sun[slot]!, own + limits[slot]!, ...rowsHere.map((most) => own + most)))
  })
}

/** Three rows as limits of equal current, less what is taken of each; `base` is what the site's own node takes off again. */
const phaseLimit = (rows: LimitRows, first: number | undefined, base: Float64Array | undefined): PhaseLimit | undefined => {
  if (first === undefined) return undefined
  const at = (phase: number, slot: number) => rows.limits[(first + phase) * rows.slots + slot]!
  const slots = Array.from({ length: rows.slots }, (_, slot) => slot)
  const most = slots.map((slot) => Math.max(at(0, slot), at(1, slot), at(2, slot)))
  const taken = (phase: number) => watts(Math.max(0, ...slots.map((slot) => most[slot]! - at(phase, slot))))
  const limit = most.map((row, slot) => amperes(Math.max(0, row + (base?.[slot] ?? 0) / 3) / PHASE_VOLTS))
  return { limit, volts: volts(PHASE_VOLTS), others: [taken(0), taken(1), taken(2)] }
}

const nodesOf = (site: SteeredSite, rows: LimitRows, base: Float64Array): FullSiteNode[] => {
  const rowOf = (row: number) => rows.limits.subarray(row * rows.slots, (row + 1) * rows.slots)
  const root = {
    limit: Array.from(rowOf(0), (left, slot) => watts(Math.max(0, left + base[slot]!))),
    phases: phaseLimit(rows, rows.sitePhases, base),
  }
  return [
    root,
    ...site.stations.map((_, station) => ({
      parent: 0,
      limit: Array.from(rowOf(1 + station), watts),
      phases: phaseLimit(rows, rows.stationPhases[station], undefined),
    })),
  ]
}

/** A car that may not be paused any more goes on evenly from now: its window is only as long as it then needs. */
const keepsOn = (car: SteeredCar, need: number, grid: SlotGrid): Pick<FullSiteCar, 'departSlot' | 'maxPower'> => {
  const { minimum, step } = car.terms
  const until = departSlot(grid, car.wish)
  let hours = 0
  for (let slot = 0; slot < until; slot++) hours += carHours(grid, car.wish, slot)
  const even = Math.max(minimum, Math.ceil(need / hours / step - 1e-9) * step)
  const power = Math.min(even, inTerms(car.terms, car.maxPower))
  const slots = Math.ceil((need * HOUR) / (power * grid.slotLength))
  return { departSlot: Math.min(until, Math.max(1, slots)), maxPower: watts(power) }
}

const carOf = (site: SteeredSite, grid: SlotGrid, { demand, node }: { demand: FullDemand; node: number }): FullSiteCar => {
  const steered = site.cars[demand.car]!
  const { terms, phases = 'three', wish, switching } = steered
  const { minimum, step } = terms
  const unit = PHASE_VOLTS * (phases === 'three' ? 3 : 1)
  const most = watts(Math.floor(inTerms(terms, steered.maxPower)))
  const mustKeepOn = demand.isCharging && demand.pausesLeft === 0
  const window = { arriveSlot: arriveSlot(grid, wish), departSlot: departWhole(grid, wish), maxPower: most }
  // Going on from now is one run; otherwise what charges now is paused first.
  const pauses = demand.pausesLeft === undefined ? undefined : Math.max(0, demand.pausesLeft - (demand.isCharging ? 1 : 0))
  const own = { ...window, ...(mustKeepOn && keepsOn(steered, demand.need, grid)) }
  // What only the part of a slot before the departure could give is not asked for: it is topped up.
  let possible = 0
  for (let slot = own.arriveSlot; slot < own.departSlot; slot++) if (demand.isOpen?.(slot) ?? true) possible += most
  const need = Math.min(demand.need, Math.floor((possible * grid.slotLength) / HOUR))
  const inAmperes = step === unit
  return {
    ...own,
    need: wattHours(need),
    node,
    connection: switching ? { switchable: switching.phase, ...holdFrom(steered, grid, site.now) } : phases,
    ...(inAmperes
      ? {
          current: {
            least: amperes(Math.round(minimum / unit)),
            most: amperes(Math.floor(own.maxPower / unit)),
            step: amperes(1),
            volts: volts(PHASE_VOLTS),
          },
        }
      : { leastPower: minimum }),
    ...(pauses !== undefined && { mostPauses: pauses }),
  }
}

const problemOf = (
  site: SteeredSite,
  grid: SlotGrid,
  { demands, rows }: { readonly demands: readonly FullDemand[]; readonly rows: LimitRows },
): FullSiteProblem => {
  const { surroundings, demandCharge } = site
  const base = baseOf(site, grid, rows)
  const nodes = nodesOf(site, rows, base)
  // Of two slots at one price the earlier is better by a millionth: nobody waits for nothing.
  const pricePerKwh = pricesAtStart(grid, site.prices).map((price, slot) => microsPerKwh(price + slot))
  const cars = demands.map((demand) => {
    const { car, isOpen } = demand
    const station = 1 + site.cars[car]!.station
    if (!isOpen) return carOf(site, grid, { demand, node: station })
    const most = site.cars[car]!.maxPower
    nodes.push({ parent: station, limit: pricePerKwh.map((_, slot) => watts(isOpen(slot) ? most : 0)) })
    return carOf(site, grid, { demand, node: nodes.length - 1 })
  })
  const feedIn = surroundings?.feedInPerKwh ?? 0
  return {
    slotLength: grid.slotLength,
    pricePerKwh,
    nodes,
    cars,
    ...(surroundings && {
      load: Array.from(base, (own) => watts(Math.max(0, own))),
      solar: {
        power: Array.from(base, (own) => watts(Math.max(0, -own))),
        feedInPerKwh: pricePerKwh.map((price) => microsPerKwh(Math.min(feedIn, price))),
      },
    }),
    demandCharge,
  }
}

/** Whether more was left out of a car's need than the part of a slot before its departure can give. */
const isCut = (car: FullSiteCar, { need }: FullDemand, grid: SlotGrid): boolean => need - car.need > (car.maxPower * grid.slotLength) / HOUR

/** Plans what was promised by the full model, checked and with its gap to the bound. */
export const planFullStage = (
  site: SteeredSite,
  grid: SlotGrid,
  { demands, rows }: { readonly demands: readonly FullDemand[]; readonly rows: LimitRows },
): Result<FullStage, readonly FullSiteFault[]> => {
  const power = new Float64Array(site.cars.length * grid.count)
  const phases = new Uint8Array(power.length)
  if (demands.length === 0) return ok({ power, phases, marginals: [], lacking: new Set(), costGapNanos: 0n })
  const problem = problemOf(site, grid, { demands, rows })
  // A plan is of the moment: nobody waits for a closer bound of it.
  const planned = planFullSite(problem, { isTight: false })
  if (!planned.ok) return planned
  const { plan, certificate } = planned.value
  const { violations, carsNanos, boundNanos } = checkFullSitePlan(problem, plan, certificate)
  if (violations.length > 0) return fail(violations.map(({ field, message }) => ({ code: 'contradiction', field, message })))
  for (const [index, { car }] of demands.entries()) {
    const from = car * grid.count + problem.cars[index]!.arriveSlot
    power.set(powerOf(plan, index), from)
    if (site.cars[car]!.switching) phases.set(phasesOf(plan, index), from)
  }
  return ok({
    power,
    phases,
    marginals: demands.map((_, index) => microsPerKwh(Math.round(certificate.carPrice[index]!))),
    lacking: new Set([
      ...plan.shortfalls.map(({ car }) => car),
      ...demands.keys().filter((place) => isCut(problem.cars[place]!, demands[place]!, grid)),
    ]),
    costGapNanos: carsNanos > boundNanos ? carsNanos - boundNanos : 0n,
  })
}
