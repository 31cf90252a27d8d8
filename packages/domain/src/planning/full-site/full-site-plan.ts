import type { WattHours } from '@voltway/units'

/**
 * Why a car lacks energy: `tooLittleTime` when full power over its whole window would not do, `steps` when less is lacking than
 * its least power gives in a slot, `limits` otherwise.
 */
export type FullShortfallCause = 'tooLittleTime' | 'steps' | 'limits'

export interface FullShortfall {
  /** Its place in the problem. */
  readonly car: number
  readonly shortfall: WattHours
  readonly cause: FullShortfallCause
}

/** What a plan costs, in billionths of the currency unit. */
export interface FullSiteCost {
  /** Import less feed-in, of the building and the cars. */
  readonly energyNanos: bigint
  /** For the peak above the peak so far. */
  readonly demandNanos: bigint
  readonly wearNanos: bigint
  /** What energy and demand would cost without any car: what the cars cost is the rest. */
  readonly withoutCarsNanos: bigint
  /** What is lacking, in whole steps where a car has some, at its price; nobody pays it. */
  readonly shortfallNanos: bigint
}

/** A plan by columns, car by car in the order of the problem. */
export interface FullSitePlan {
  /** Power of each car in each slot of its window, one car after the other, in W; negative when it gives back. */
  readonly powerW: Int32Array
  /** Phases in use, 1 or 3, at the same places; where switching is limited, also in pauses. */
  readonly phases: Uint8Array
  /** Where a car's slots begin in `powerW`; one more than there are cars. */
  readonly offsets: Int32Array
  /** Cars that lack energy at departure. */
  readonly shortfalls: readonly FullShortfall[]
  readonly cost: FullSiteCost
}

/** One of the cases that a bound is made by: that the peak is above what the case before says, and at most this. */
export interface PeakCase {
  /** W; infinite for the last. */
  readonly upTo: number
  /** What one more kWh for a car is worth in this case. */
  readonly carPrice: Float64Array
  /** What a slot in which a car charges at all is worth beside that: W over one slot, times micros for a kWh. */
  readonly onPrice: Float64Array
}

/**
 * Prices from which a bound follows that no plan can be below (weak duality), whoever found them; micros per kWh.
 * A car pays `sitePrice` less or more what the limits above it cost.
 */
export interface FullSiteCertificate {
  /** Of a kWh at the entrance of the site, by slot. */
  readonly sitePrice: Float64Array
  /** Of passing a node, at `node * slots + slot`; negative where giving back is what its limit holds. That of the site is in `sitePrice`. */
  readonly nodePrice: Float64Array
  /** Of a phase of a node, at `(node * 3 + phase) * slots + slot`, for a kWh on that phase. */
  readonly phasePrice: Float64Array
  /** What one more kWh for a car would cost, at the margin; not of use for those that give back. */
  readonly carPrice: Float64Array
  /** For a site of few cars that all have steps: no plan is below the least of these cases, at the same prices of nodes and phases. */
  readonly cases?: readonly PeakCase[] | undefined
}

/** The power of one car from its arrival slot on. */
export const powerOf = ({ powerW, offsets }: FullSitePlan, car: number): Int32Array => powerW.subarray(offsets[car], offsets[car + 1])

/** The phases that one car uses, from its arrival slot on. */
export const phasesOf = ({ phases, offsets }: FullSitePlan, car: number): Uint8Array => phases.subarray(offsets[car], offsets[car + 1])
