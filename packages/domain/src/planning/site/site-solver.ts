import { wattHours } from '@voltway/units'
import { certificateOf } from './certificate.ts'
import { inParts } from './in-parts.ts'
import type { Network } from './network.ts'
import type { SiteCertificate, SitePlan } from './site-plan.ts'
import type { SiteCar, SiteProblem } from './site-problem.ts'
import type { Settlement, SolvedSite } from './solve-site.ts'

const state: unique symbol = Symbol('site solver')

/** A site being planned. Its cars keep their numbers: first the places in the problem's list, then one more for each arrival. */
export interface SiteSolver {
  readonly [state]: SolverState
}

/** What stands behind the handle; of use in this folder only. */
export interface SolverState {
  network: Network
  /** Without its cars: those are in `cars`. */
  site: Omit<SiteProblem, 'cars'>
  /** By number; undefined when it has left. */
  readonly cars: (SiteCar | undefined)[]
  /** Where each number stands in the network, -1 for one that stands nowhere; may be longer than there are numbers. */
  positions: Int32Array
  /** Positions that cars have left, by node, with the room that they had for slots. */
  readonly vacant: Map<number, { readonly position: number; readonly pairs: number; readonly length: number }[]>
  /** Sum of all needs. */
  needed: number
  /** What the cars of the problem were given to ask for, where that was settled before prices. */
  settlement: Settlement | undefined
}

export const openSolver = (problem: SiteProblem, { network, positions, settlement }: SolvedSite): SiteSolver => {
  const { cars, ...site } = problem
  const needed = cars.reduce((sum, { need }) => sum + need, 0)
  return { [state]: { network, site, cars: cars.slice(), positions, vacant: new Map(), needed, settlement } }
}
export const stateOf = (solver: SiteSolver): SolverState => solver[state]

/** Numbers of the cars that are there, rising: the order of `problemOf` and `sitePlanOf`. */
export const carNumbers = (solver: SiteSolver): readonly number[] => {
  const { cars } = solver[state]
  return [...cars.keys()].filter((car) => cars[car] !== undefined)
}

/** The cars that are there, by rising number, and where each stands. */
interface Present {
  readonly cars: readonly SiteCar[]
  readonly places: Int32Array
}

const areAllPresent = (cars: SolverState['cars']): cars is SiteCar[] => !cars.includes(undefined)

const presentOf = ({ cars, positions }: SolverState): Present =>
  areAllPresent(cars)
    ? { cars, places: positions }
    : { cars: cars.filter((car) => car !== undefined), places: positions.filter((_, car) => cars[car] !== undefined) }

/** The problem as it is after all changes. */
export const problemOf = (solver: SiteSolver): SiteProblem => {
  const { site, cars } = solver[state]
  return { ...site, cars: cars.filter((car) => car !== undefined) }
}

/** What all energy costs, in billionths: each segment of each slot at its price. */
export const costOf = ({ market, flow, slots }: Network): bigint => {
  const { segments, segmentEnd, segmentLevel, levelPrice } = market
  let nanos = 0n
  for (let slot = 0; slot < slots; slot++) {
    let begin = 0
    for (let entry = slot * segments; entry < (slot + 1) * segments; entry++) {
      const end = segmentEnd[entry]!
      const used = Math.min(flow[slot]!, end) - begin
      if (used > 0) nanos += BigInt(used) * BigInt(levelPrice[segmentLevel[entry]!]!)
      begin = end
    }
  }
  return nanos
}

export const deliveredOf = ({ flow, slots }: Network): number => {
  let delivered = 0
  for (let slot = 0; slot < slots; slot++) delivered += flow[slot]!
  return delivered
}

/** Where each car's energies begin in the plan, and what it lacks; and whether the energies stand in the network as in the plan. */
const layOut = ({ network, settlement }: SolverState, { cars, places }: Present) => {
  const { offset, power, left, energyCount } = network.cars
  const offsets = new Int32Array(cars.length + 1)
  const shortfallWh = new Int32Array(cars.length)
  let isInOrder = true
  inParts(cars.length, (from, to) => {
    for (let index = from; index < to; index++) {
      const { need, arriveSlot, departSlot } = cars[index]!
      const place = places[index]!
      const begin = offsets[index]!
      offsets[index + 1] = begin + departSlot - arriveSlot
      isInOrder = isInOrder && offset[place]! + arriveSlot === begin
      // What its own power cannot give a car in its window, or others come before, was never wanted of the network.
      const most = power[place]! * (departSlot - arriveSlot)
      const wished = settlement === undefined ? need : settlement.amounts[index]!
      shortfallWh[index] = left[place]! + need - (wished < most ? wished : most)
    }
  })
  return { offsets, shortfallWh, isInOrder: isInOrder && offsets[cars.length] === energyCount }
}

/** The energies of cars one after the other. In a network without changes they stand so already, and are lent out until the first one. */
const energiesOf = (network: Network, { cars, places }: Present, at: { readonly offsets: Int32Array; readonly isInOrder: boolean }) => {
  const { offset, energy, energyCount } = network.cars
  const { offsets, isInOrder } = at
  if (isInOrder) {
    network.cars.isLent = true
    return energy.length === energyCount ? energy : energy.subarray(0, energyCount)
  }
  const energyWh = new Int32Array(offsets[cars.length]!)
  for (let index = 0; index < cars.length; index++) {
    const begin = offset[places[index]!]! + cars[index]!.arriveSlot
    const length = offsets[index + 1]! - offsets[index]!
    energyWh.set(energy.subarray(begin, begin + length), offsets[index])
  }
  return energyWh
}

/** Before energies change: what a plan holds stays as it is. */
export const takeOver = ({ cars }: Network): void => {
  if (!cars.isLent) return
  cars.energy = cars.energy.slice()
  cars.isLent = false
}

/** The plan as it is after all changes, which later changes leave alone. Not to be written to. */
export const sitePlanOf = (solver: SiteSolver): SitePlan => {
  const own = solver[state]
  const present = presentOf(own)
  const { offsets, shortfallWh, isInOrder } = layOut(own, present)
  const energyWh = energiesOf(own.network, present, { offsets, isInOrder })
  const totalShortfall = wattHours(own.needed - deliveredOf(own.network))
  return { energyWh, offsets, shortfallWh, totalShortfall, energyCostNanos: costOf(own.network) }
}

/** The certificate of the plan as it is, for its cars in the same order. */
export const siteCertificateOf = (solver: SiteSolver): SiteCertificate => {
  const { network, settlement } = solver[state]
  const { cars, places } = presentOf(solver[state])
  const certificate = certificateOf(network, places.subarray(0, cars.length))
  return settlement === undefined ? certificate : { ...certificate, tiers: settlement.tiers }
}
