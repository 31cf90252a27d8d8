import { wattHours } from '@voltway/units'
import { certificateOf } from './certificate.ts'
import type { Network } from './network.ts'
import type { SiteCertificate, SitePlan } from './site-plan.ts'
import type { SiteCar, SiteProblem } from './site-problem.ts'

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
}

export const openSolver = (problem: SiteProblem, network: Network, positions: Int32Array): SiteSolver => {
  const { cars, ...site } = problem
  const numbers: number[] = new Array(cars.length)
  for (let car = 0; car < cars.length; car++) numbers[positions[car]!] = car
  let needed = 0
  for (const { need } of cars) needed += need
  return { [state]: { network, site, cars: [...cars], positions: [...positions], numbers, vacant: new Map(), needed } }
}
export const stateOf = (solver: SiteSolver): SolverState => solver[state]

/** Numbers of the cars that are there, rising: the order of `problemOf` and `sitePlanOf`. */
export const carNumbers = (solver: SiteSolver): readonly number[] => [...solver[state].cars.keys()].filter((car) => solver[state].cars[car])

/** The problem as it is after all changes. */
export const problemOf = (solver: SiteSolver): SiteProblem => {
  const { site, cars } = solver[state]
  return { ...site, cars: cars.filter((car) => car !== undefined) }
}

/** What all energy costs, in billionths: each segment of each slot at its price. */
export const costOf = ({ market, flow, slots }: Network): bigint => {
  const { segments, segmentEnd, segmentLevel, levelPrice } = market
  let nanos = 0n
  for (let entry = 0; entry < slots * segments; entry++) {
    const begin = entry % segments === 0 ? 0 : segmentEnd[entry - 1]!
    const used = Math.min(flow[Math.floor(entry / segments)]!, segmentEnd[entry]!) - begin
    if (used > 0) nanos += BigInt(used) * BigInt(levelPrice[segmentLevel[entry]!]!)
  }
  return nanos
}

export const deliveredOf = ({ flow, slots }: Network): number => {
  let delivered = 0
  for (let slot = 0; slot < slots; slot++) delivered += flow[slot]!
  return delivered
}

/** The plan as it is after all changes; a copy that later changes leave alone. */
export const sitePlanOf = (solver: SiteSolver): SitePlan => {
  const { network, cars, positions, needed } = solver[state]
  const { offset, energy } = network.cars
  const present = carNumbers(solver)
  const offsets = new Int32Array(present.length + 1)
  for (let index = 0; index < present.length; index++) {
    const { arriveSlot, departSlot } = cars[present[index]!]!
    offsets[index + 1] = offsets[index]! + departSlot - arriveSlot
  }
  const energyWh = new Int32Array(offsets[present.length]!)
  const shortfallWh = new Int32Array(present.length)
  for (let index = 0; index < present.length; index++) {
    const { arriveSlot, need } = cars[present[index]!]!
    let pair = offset[positions[present[index]!]!]! + arriveSlot
    let missing: number = need
    for (let at = offsets[index]!; at < offsets[index + 1]!; at++) {
      const wh = energy[pair++]!
      energyWh[at] = wh
      missing -= wh
    }
    shortfallWh[index] = missing
  }
  const totalShortfall = wattHours(needed - deliveredOf(network))
  return { energyWh, offsets, shortfallWh, totalShortfall, energyCostNanos: costOf(network) }
}

/** The certificate of the plan as it is, for its cars in the same order. */
export const siteCertificateOf = (solver: SiteSolver): SiteCertificate =>
  certificateOf(
    solver[state].network,
    carNumbers(solver).map((car) => solver[state].positions[car]!),
  )
