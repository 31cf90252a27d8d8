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
  inParts(cars.length, (from, to) => {
    for (let car = from; car < to; car++) {
      const position = positions[car]!
      numbers[position] = car
      places[car] = position
      needed += cars[car]!.need
    }
  })
  return { [state]: { network, site, cars: cars.slice(), positions: places, numbers, vacant: new Map(), needed, settlement } }
}
export const stateOf = (solver: SiteSolver): SolverState => solver[state]

const presentCars = ({ cars }: SolverState): Int32Array => {
  const numbers = new Int32Array(cars.length)
  let count = 0
  inParts(cars.length, (from, to) => {
    for (let car = from; car < to; car++) if (cars[car] !== undefined) numbers[count++] = car
  })
  return count === cars.length ? numbers : numbers.subarray(0, count)
}

/** Numbers of the cars that are there, rising: the order of `problemOf` and `sitePlanOf`. */
export const carNumbers = (solver: SiteSolver): readonly number[] => Array.from(presentCars(solver[state]))

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

/** Where each car's energies begin in the plan and in the network, in turns; and whether they stand there as in the plan already. */
const fillOffsets = ({ network, cars, positions }: SolverState, present: Int32Array, offsets: Int32Array): boolean => {
  let isInOrder = true
  inParts(present.length, (from, to) => {
    for (let index = from; index < to; index++) {
      const car = present[index]!
      const { arriveSlot, departSlot } = cars[car]!
      const begin = offsets[index]!
      offsets[index + 1] = begin + departSlot - arriveSlot
      isInOrder = isInOrder && network.cars.offset[positions[car]!]! + arriveSlot === begin
    }
  })
  return isInOrder && offsets[present.length] === network.cars.energyCount
}

/** The energies of cars one after the other. In a network without changes they stand so already, and are lent out until the first one. */
const energiesOf = (own: SolverState, present: Int32Array, offsets: Int32Array): Int32Array => {
  const { network, cars, positions } = own
  const { offset, energy } = network.cars
  if (fillOffsets(own, present, offsets)) {
    network.cars.isLent = true
    return energy.length === network.cars.energyCount ? energy : energy.subarray(0, network.cars.energyCount)
  }
  const energyWh = new Int32Array(offsets[present.length]!)
  for (let index = 0; index < present.length; index++) {
    const car = present[index]!
    const begin = offset[positions[car]!]! + cars[car]!.arriveSlot
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

/** What its own power cannot give a car in its window, or others come before, was never wanted of the network. */
const shortfallOf = ({ network, cars, positions, settlement }: SolverState, number: number, index: number): number => {
  const { need, arriveSlot, departSlot } = cars[number]!
  const position = positions[number]!
  const most = network.cars.power[position]! * (departSlot - arriveSlot)
  const wished = settlement === undefined ? need : settlement.amounts[index]!
  return network.cars.left[position]! + need - (wished < most ? wished : most)
}

/** The plan as it is after all changes, which later changes leave alone. Not to be written to. */
export const sitePlanOf = (solver: SiteSolver): SitePlan => {
  const own = solver[state]
  const present = presentCars(own)
  const offsets = new Int32Array(present.length + 1)
  const energyWh = energiesOf(own, present, offsets)
  const shortfallWh = new Int32Array(present.length)
  inParts(present.length, (from, to) => {
    for (let index = from; index < to; index++) shortfallWh[index] = shortfallOf(own, present[index]!, index)
  })
  const totalShortfall = wattHours(own.needed - deliveredOf(own.network))
  return { energyWh, offsets, shortfallWh, totalShortfall, energyCostNanos: costOf(own.network) }
}

/** The certificate of the plan as it is, for its cars in the same order. */
export const siteCertificateOf = (solver: SiteSolver): SiteCertificate => {
  const { network, positions, settlement } = solver[state]
  const places = presentCars(solver[state])
  inParts(places.length, (from, to) => {
    for (let index = from; index < to; index++) places[index] = positions[places[index]!]!
  })
  const certificate = certificateOf(network, places)
  return settlement === undefined ? certificate : { ...certificate, tiers: settlement.tiers }
}
