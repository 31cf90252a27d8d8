import { cellOf } from './assignment.ts'
import type { NetworkOptions, SupplyRows } from './network-options.ts'
import type { ChargePromise, NetworkPlan, UnservedCause } from './network-plan.ts'
import { type Micros, micros, type NetworkDriver } from './network-problem.ts'

/** A driver who is known: what was wished, what it came to, and which cells it takes. */
export interface Booked {
  readonly driver: NetworkDriver
  readonly outcome: ChargePromise | UnservedCause
  /** The first cell of the promise. */
  readonly cell: number
}

export interface NetworkState {
  readonly rows: SupplyRows
  /** Drivers in each cell. */
  readonly load: Int32Array
  /** Prices summed along the rows: what a cell is worth to those who are still to come. */
  readonly sums: Float64Array
  /** By number; undefined for one who has gone. */
  readonly booked: (Booked | undefined)[]
}

declare const handle: unique symbol
/** A network and all promises in it: opaque, changed in place by `bookOne` and `release`. */
export interface Network {
  readonly [handle]: 'Network'
}

const states = new WeakMap<Network, NetworkState>()

export const openHandle = (state: NetworkState): Network => {
  const network = Object.freeze({}) as Network
  states.set(network, state)
  return network
}

/** @throws TypeError for what is no network of ours: a slip of the program, not of its input */
export const stateOf = (network: Network): NetworkState => {
  const state = states.get(network)
  if (state === undefined) throw new TypeError('not a network that planNetwork or openNetwork made')
  return state
}

/** Sums prices along the rows; `slotPrice` has no cell for the end of a row. */
export const sumsAlongRows = ({ supply: { slots }, station }: SupplyRows, slotPrice: Float64Array | undefined): Float64Array => {
  const sums = new Float64Array(station.length * (slots + 1))
  if (slotPrice)
    for (let row = 0; row < station.length; row++)
      for (let slot = 0, cell = row * (slots + 1); slot < slots; slot++, cell++)
        sums[cell + 1] = sums[cell]! + slotPrice[row * slots + slot]!
  return sums
}

/** An option in the words of the plan. */
export const promiseOf = (options: NetworkOptions, choice: { readonly run: number; readonly option: number }): ChargePromise => {
  const { run, option } = choice
  const row = options.runRow[run]!
  return {
    station: options.rowStation[row]!,
    evses: options.rowEvses[row]!,
    connector: options.runConnector[run]!,
    startSlot: cellOf(options, run, option) - row * options.stride,
    slots: options.runLength[run]!,
    cost: micros(options.cost[option]!),
  }
}

/** Why a driver of these options who has none got none. */
export const causeOf = ({ runs, isCapped }: NetworkOptions, driver: number): UnservedCause =>
  runs[driver + 1]! > runs[driver]! ? 'taken' : isCapped[driver] === 1 ? 'tooDear' : 'nothingFits'

export const planOf = (outcomes: NetworkPlan['outcomes'], unservedCost: Micros): NetworkPlan => ({
  outcomes,
  totalMicros: outcomes.reduce((sum, outcome) => sum + BigInt(typeof outcome === 'string' ? unservedCost : outcome.cost), 0n),
})

/** Those who are known to a network and have not gone, with their numbers, and the plan of what they have. */
export const networkPlanOf = (network: Network) => {
  const { rows, booked } = stateOf(network)
  const numbers = [...booked.keys()].filter((number) => booked[number])
  const present = numbers.map((number) => booked[number]!)
  const outcomes = present.map(({ outcome }) => outcome)
  return { numbers, drivers: present.map(({ driver }) => driver), plan: planOf(outcomes, rows.supply.unservedCost) }
}
