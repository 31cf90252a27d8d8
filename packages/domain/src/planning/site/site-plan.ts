import type { WattHours } from '@voltway/units'

/**
 * Why a car gets less than it asks: `tooLittleTime` when full power over its whole window would not do, `limits` when the
 * nodes above it are full in every slot that could still help.
 */
export type SiteShortfallCause = 'tooLittleTime' | 'limits'

/** A plan by columns, since a site may have 100,000 cars; car by car in the order of the problem. */
export interface SitePlan {
  /** Energy of each car in each slot of its window, one car after the other, in Wh. */
  readonly energyWh: Int32Array
  /** Where a car's slots begin in `energyWh`; one more than there are cars. */
  readonly offsets: Int32Array
  /** What each car lacks at departure, in Wh. */
  readonly shortfallWh: Int32Array
  readonly totalShortfall: WattHours
  /** Exact, in billionths of the currency unit: Wh times micros per kWh. */
  readonly energyCostNanos: bigint
}

/**
 * Prices that prove a plan the best (weak duality): nobody has to trust the planner to check them.
 * All in micros per kWh; `shortfallPrice` stands for "cannot be had" and is above every price of the problem.
 */
export interface SiteCertificate {
  readonly shortfallPrice: number
  /** What one more Wh for this car would cost, at the margin. */
  readonly carPrice: Float64Array
  /** What one more Wh through a node would cost in a slot: at `node * slots + slot`. Less the price of the slot, it is the congestion price. */
  readonly nodePrice: Float64Array
  /** Where somebody lacks energy and it matters who. */
  readonly tiers?: FairnessTiers
}

/**
 * The proof that those who lack energy are chosen fairly: sets of cars and nodes, each with the ones before it, out of which nothing
 * more can flow than its cars get. Later tiers are more satisfied, or of a lower priority.
 */
export interface FairnessTiers {
  readonly count: number
  /** The first set that each car is in; `count` when in none. */
  readonly carTier: Int32Array
  /** The same of a node in a slot, at `node * slots + slot`. */
  readonly nodeTier: Int32Array
}

/** The energy of one car from its arrival slot on. */
export const scheduleOf = ({ energyWh, offsets }: SitePlan, car: number): Int32Array => energyWh.subarray(offsets[car], offsets[car + 1])
