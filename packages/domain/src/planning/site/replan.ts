import { fail, ok, type Result, type WattHours, wattHours } from '@voltway/units'
import { changeLimit } from './change-limits.ts'
import { changePrices } from './change-prices.ts'
import type { Journal } from './network.ts'
import { changeNeed, plugIn, plugOut } from './plug-cars.ts'
import type { MicrosPerKwh, SiteCar, SiteFault, SiteNode, SiteProblem, SolarSurplus } from './site-problem.ts'
import { limitAt, sharesFairly, whPerSlot } from './site-problem.ts'
import { costOf, deliveredOf, type SiteSolver, type SolverState, stateOf, takeOver } from './site-solver.ts'
import { lacksEnergy } from './solve-site.ts'
import { startOver } from './start-over.ts'
import { carFaults, MOST_WH, siteFaults } from './validate-site.ts'

/** What can happen to a site that has been planned; cars by their number. */
export type SiteChange =
  | { readonly kind: 'arrival'; readonly car: SiteCar }
  | { readonly kind: 'departure'; readonly car: number }
  | { readonly kind: 'wish'; readonly car: number; readonly wish: Partial<SiteCar> }
  | { readonly kind: 'limit'; readonly node: number; readonly limit: SiteNode['limit'] }
  | { readonly kind: 'prices'; readonly pricePerKwh: readonly MicrosPerKwh[]; readonly surplus?: SolarSurplus }

/** What a change does to the plan: only what is no longer as it was. */
export interface SiteDelta {
  /** The number that an arrival got. */
  readonly arrived?: number
  readonly departed?: number
  /** A car whose window, power or node changed: it starts from nothing, and all that it has is in `energies`. */
  readonly replaced?: number
  /** Energy that a car now has in a slot where it had another. Of a car that leaves, nothing is listed. */
  readonly energies: readonly { readonly car: number; readonly slot: number; readonly energy: WattHours }[]
  readonly totalShortfall: WattHours
  readonly energyCostNanos: bigint
}

/** Prices of more slots than this are planned afresh: repairing them one by one would take longer. */
const MOST_SLOTS_REPAIRED = 8

const changedSlots = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((count, value, slot) => count + (value === b[slot] ? 0 : 1), 0)

const applyPrices = (solver: SiteSolver, change: Extract<SiteChange, { kind: 'prices' }>, journal: Journal): void => {
  const state = stateOf(solver)
  const { pricePerKwh: before, surplus: had } = state.site
  state.site = { ...state.site, pricePerKwh: [...change.pricePerKwh], surplus: change.surplus ?? had }
  const isRepaired = state.site.surplus === undefined && changedSlots(before, change.pricePerKwh) <= MOST_SLOTS_REPAIRED
  if (isRepaired) changePrices(state.network, { ...state.site, cars: [] })
  else startOver(solver, journal)
}

const applyLimit = (state: SolverState, { node, limit }: Extract<SiteChange, { kind: 'limit' }>): void => {
  const { network, site } = state
  const changed = { ...site.nodes[node]!, limit }
  state.site = { ...site, nodes: site.nodes.with(node, changed) }
  for (let slot = 0; slot < network.slots; slot++) {
    const wh = Math.min(MOST_WH, whPerSlot(limitAt(changed, slot), site.slotLength))
    changeLimit(network, node * network.slots + slot, wh)
  }
}

type Moved = Pick<SiteDelta, 'arrived' | 'departed' | 'replaced'>

/** Whether a car's plan can stay: where and when it charges, how fast, and how important it is. */
const isSamePlace = (a: SiteCar, b: SiteCar): boolean =>
  (['arriveSlot', 'departSlot', 'maxPower', 'node', 'priority'] as const).every((field) => a[field] === b[field])

const applyWish = (state: SolverState, { car: number, wish }: Extract<SiteChange, { kind: 'wish' }>): Moved => {
  const before = state.cars[number]!
  if (isSamePlace(before, { ...before, ...wish })) {
    changeNeed(state, number, wish.need ?? before.need)
    return {}
  }
  plugOut(state, number)
  plugIn(state, number, { ...before, ...wish })
  return { replaced: number }
}

const unknownCar = (car: number): SiteFault[] => [{ code: 'unknown', field: 'car', message: `no car ${car} is there` }]

/** What is wrong with a change. */
const changeFaults = (solver: SiteSolver, change: SiteChange): readonly SiteFault[] => {
  const { site, cars } = stateOf(solver)
  switch (change.kind) {
    case 'arrival':
      return carFaults(change.car, 'car', site)
    case 'departure':
      return cars[change.car] ? [] : unknownCar(change.car)
    case 'wish':
      return cars[change.car] ? carFaults({ ...cars[change.car]!, ...change.wish }, 'wish', site) : unknownCar(change.car)
    case 'limit': {
      if (!site.nodes[change.node]) return [{ code: 'unknown', field: 'node', message: `there is no node ${change.node}` }]
      return siteFaults({ ...site, nodes: site.nodes.with(change.node, { ...site.nodes[change.node]!, limit: change.limit }), cars: [] })
    }
    case 'prices': {
      const fresh: SiteProblem = { ...site, pricePerKwh: change.pricePerKwh, surplus: change.surplus ?? site.surplus, cars: [] }
      if (change.pricePerKwh.length === site.pricePerKwh.length) return siteFaults(fresh)
      return [{ code: 'length', field: 'pricePerKwh', message: `must have one value for each of the ${site.pricePerKwh.length} slots` }]
    }
  }
}

const apply = (solver: SiteSolver, change: SiteChange, journal: Journal): Moved => {
  const state = stateOf(solver)
  switch (change.kind) {
    case 'arrival': {
      const arrived = state.cars.length
      plugIn(state, arrived, change.car)
      return { arrived }
    }
    case 'departure':
      plugOut(state, change.car)
      return { departed: change.car }
    case 'wish':
      return applyWish(state, change)
    case 'limit':
      applyLimit(state, change)
      return {}
    case 'prices':
      applyPrices(solver, change, journal)
      return {}
  }
}

/** Writes a change into what the site is, without a plan for it. */
const note = (solver: SiteSolver, change: SiteChange): Moved => {
  const state = stateOf(solver)
  const { site, cars } = state
  switch (change.kind) {
    case 'arrival':
      state.needed += change.car.need
      return { arrived: cars.push(change.car) - 1 }
    case 'departure':
      state.needed -= cars[change.car]!.need
      cars[change.car] = undefined
      return { departed: change.car }
    case 'wish': {
      const before = cars[change.car]!
      const car = { ...before, ...change.wish }
      cars[change.car] = car
      state.needed += car.need - before.need
      return isSamePlace(before, car) ? {} : { replaced: change.car }
    }
    case 'limit':
      state.site = { ...site, nodes: site.nodes.with(change.node, { ...site.nodes[change.node]!, limit: change.limit }) }
      return {}
    case 'prices':
      state.site = { ...site, pricePerKwh: [...change.pricePerKwh], surplus: change.surplus ?? site.surplus }
      return {}
  }
}

/** Repairs the plan; where amounts are settled before prices, or have to be now, plans it afresh. */
const repair = (solver: SiteSolver, change: SiteChange, journal: Journal): Moved => {
  const state = stateOf(solver)
  if (state.settlement !== undefined) {
    const moved = note(solver, change)
    if (moved.replaced !== undefined) state.positions[moved.replaced] = -1
    startOver(solver, journal)
    return moved
  }
  const moved = apply(solver, change, journal)
  if (lacksEnergy(state.network) && sharesFairly({ fairness: state.site.fairness, cars: state.cars })) startOver(solver, journal)
  return moved
}

/** All that a car has. */
const scheduleEnergies = ({ network, positions, cars }: SolverState, car: number): SiteDelta['energies'] => {
  const { arriveSlot, departSlot } = cars[car]!
  const offset = network.cars.offset[positions[car]!]!
  const slots = Array.from({ length: departSlot - arriveSlot }, (_, index) => arriveSlot + index)
  return slots.flatMap((slot) => {
    const energy = network.cars.energy[offset + slot]!
    return energy === 0 ? [] : [{ car, slot, energy: wattHours(energy) }]
  })
}

const energiesOf = (state: SolverState, journal: Journal, fresh: number | undefined): SiteDelta['energies'] => {
  const { network, cars } = state
  const energies = fresh === undefined ? [] : [...scheduleEnergies(state, fresh)]
  for (const [pair, { position, slot, energy }] of journal.before) {
    const now = network.cars.energy[pair]!
    const car = network.cars.number[position]!
    if (car !== fresh && now !== energy && cars[car]) energies.push({ car, slot, energy: wattHours(now) })
  }
  return energies
}

/**
 * Repairs a plan after one change so that it is again what `planSite` would cost and lack, exactly; as much of it as possible
 * stays. The solver is changed in place.
 */
export const replan = (
  solver: SiteSolver,
  change: SiteChange,
): Result<{ readonly solver: SiteSolver; readonly delta: SiteDelta }, readonly SiteFault[]> => {
  const faults = changeFaults(solver, change)
  if (faults.length > 0) return fail(faults)
  const state = stateOf(solver)
  takeOver(state.network)
  const journal: Journal = { before: new Map() }
  state.network.journal = journal
  const moved = repair(solver, change, journal)
  state.network.journal = undefined
  const delta: SiteDelta = {
    ...moved,
    energies: energiesOf(state, journal, moved.arrived ?? moved.replaced),
    totalShortfall: wattHours(state.needed - deliveredOf(state.network)),
    energyCostNanos: costOf(state.network),
  }
  return ok({ solver, delta })
}
