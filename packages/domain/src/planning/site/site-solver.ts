import { wattHours } from '@voltway/units'
import { certificateOf } from './certificate.ts'
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
  /** Where each number stands in the network. */
  positions: number[]
  /** The number of the car at a position. */
  numbers: number[]
  /** Positions that cars have left, by node, with the room that they had for slots. */
  readonly vacant: Map<number, { readonly position: number; readonly pairs: number; readonly length: number }[]>
  /** Sum of all needs. */
  needed: number
  /** What the cars of the problem were given to ask for, where that was settled before prices. */
  settlement: Settlement | undefined
}

export const openSolver = (problem: SiteProblem, { network, positions, settlement }: SolvedSite): SiteSolver => {
  const { cars, ...site } = problem
  const numbers: number[] = new Array(cars.length)
  const places: number[] = new Array(cars.length)
  let needed = 0
  for (let car = 0; car < cars.length; car++) {
    const position = positions[car]!
    numbers[position] = car
    places[car] = position
    needed += cars[car]!.need
  }
  return { [state]: { network, site, cars: cars.slice(), positions: places, numbers, vacant: new Map(), needed, settlement } }
}
export const stateOf = (solver: SiteSolver): SolverState => solver[state]

/** Numbers of the cars that are there, rising: the order of `problemOf` and `sitePlanOf`. */
export const carNumbers = (solver: SiteSolver): readonly number[] => {
  const { cars } = solver[state]
  const numbers: number[] = []
  for (let car = 0; car < cars.length; car++) if (cars[car] !== undefined) numbers.push(car)
  return numbers
}

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

/** The energies of cars one after the other; in a network without changes they stand so already. */
const energiesOf = ({ network, cars, positions }: SolverState, present: readonly number[], offsets: Int32Array): Int32Array => {
  const { offset, energy } = network.cars
  const total = offsets[present.length]!
  const startOf = (index: number) => offset[positions[present[index]!]!]! + cars[present[index]!]!.arriveSlot
  let inOrder = 0
  while (inOrder < present.length && startOf(inOrder) === offsets[inOrder]) inOrder++
  const energyWh = new Int32Array(total)
  energyWh.set(energy.subarray(0, offsets[inOrder]))
  for (let index = inOrder; index < present.length; index++) {
    let pair = startOf(index)
    for (let at = offsets[index]!; at < offsets[index + 1]!; at++) energyWh[at] = energy[pair++]!
  }
  return energyWh
}

/** The plan as it is after all changes; a copy that later changes leave alone. */
export const sitePlanOf = (solver: SiteSolver): SitePlan => {
  const { network, cars, positions, needed, settlement } = solver[state]
  const { power, left } = network.cars
  const present = carNumbers(solver)
  const offsets = new Int32Array(present.length + 1)
  const shortfallWh = new Int32Array(present.length)
  for (let index = 0; index < present.length; index++) {
    const car = cars[present[index]!]!
    const position = positions[present[index]!]!
    const length = car.departSlot - car.arriveSlot
    offsets[index + 1] = offsets[index]! + length
    // What its own power cannot give in its window, or others come before, was never wanted of the network.
    const asked = Math.min(settlement?.amounts[index] ?? car.need, power[position]! * length)
    shortfallWh[index] = left[position]! + car.need - asked
  }
  const energyWh = energiesOf(solver[state], present, offsets)
  const totalShortfall = wattHours(needed - deliveredOf(network))
  return { energyWh, offsets, shortfallWh, totalShortfall, energyCostNanos: costOf(network) }
}

/** The certificate of the plan as it is, for its cars in the same order. */
export const siteCertificateOf = (solver: SiteSolver): SiteCertificate => {
  const { network, positions, settlement } = solver[state]
  const places = carNumbers(solver).map((car) => positions[car]!)
  const certificate = certificateOf(network, places)
  return settlement === undefined ? certificate : { ...certificate, tiers: settlement.tiers }
}
