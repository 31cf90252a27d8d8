import type { Micros } from './network-problem.ts'

/**
 * Why a driver has no promise: nothing in reach fits plug and time (`nothingFits`), everything that fits is above the price cap or what
 * being unserved counts as (`tooDear`), or others have every start that is left (`taken`).
 */
export type UnservedCause = 'nothingFits' | 'tooDear' | 'taken'

/** One EVSE of a group, kept for one driver for so many slots. */
export interface ChargePromise {
  readonly station: number
  /** The group's place in `station.evses`. */
  readonly evses: number
  /** The connector's place in the group. */
  readonly connector: number
  readonly startSlot: number
  readonly slots: number
  /** Energy, waiting and detour. */
  readonly cost: Micros
}

/** What each driver got, in the order of the problem. */
export interface NetworkPlan {
  readonly outcomes: readonly (ChargePromise | UnservedCause)[]
  /** The cost of all promises and of those who are unserved. */
  readonly totalMicros: bigint
}

/**
 * Prices that prove how good a plan is (weak duality): nobody has to trust the planner to check them. Whole micros for one EVSE of a
 * group in a slot, at `row * slots + slot`, where rows are the groups of all stations in a row. It is also the congestion price that
 * a driver can be quoted.
 */
export interface NetworkCertificate {
  readonly slotPrice: Float64Array
}
