import type { Milliseconds, Quantity, WattHours, Watts } from '@voltway/units'

/** Millionths of a currency unit for one kWh; whole numbers. */
export type MicrosPerKwh = Quantity<'micros/kWh'>
export const microsPerKwh = (value: number) => value as MicrosPerKwh

/** Something that limits the sum of all that charges below it: a panel, a feeder, the site. */
export interface SiteNode {
  /** Its place in `nodes`, before this one; undefined for the site itself, which is the first. */
  readonly parent?: number | undefined
  /** One limit for all slots, or one for each. */
  readonly limit: Watts | readonly Watts[]
}

export interface SiteCar {
  /** First slot in which it can charge. */
  readonly arriveSlot: number
  /** The slot before which it leaves. */
  readonly departSlot: number
  /** Asked for by departure, metered; a whole number. */
  readonly need: WattHours
  /** The least of EVSE, cable and car. */
  readonly maxPower: Watts
  /** Where it is plugged in: a place in `nodes`. */
  readonly node: number
  /** Where not all can be served, those with a higher one come first; a whole number, 0 when there is none. */
  readonly priority?: number | undefined
}

/** Power of the sun that would be fed in if nobody charged: what is taken of it costs what feeding in would have paid. */
export interface SolarSurplus {
  /** In each slot. */
  readonly power: readonly Watts[]
  /** In each slot; at most the price of import there, since a site cannot feed in and import at once. */
  readonly feedInPerKwh: readonly MicrosPerKwh[]
}

/** Cars under nested, time-varying limits at one price per slot. Energy is planned in whole Wh: a limit is rounded down to them. */
export interface SiteProblem {
  readonly slotLength: Milliseconds
  /** The price of import in each slot; as many as there are slots. */
  readonly pricePerKwh: readonly MicrosPerKwh[]
  readonly nodes: readonly SiteNode[]
  readonly cars: readonly SiteCar[]
  readonly surplus?: SolarSurplus | undefined
  /**
   * How energy is shared where not all can be served; without it, and without priorities that differ, as it is cheapest. Always
   * as much as possible is delivered. `maxMin`: inside a priority nobody can be more satisfied (delivered / need) unless somebody
   * no more satisfied gets less. Priorities that differ imply it.
   */
  readonly fairness?: 'maxMin' | undefined
}

/** One thing that is wrong with a problem: a code for programs, the field, and a sentence for people. */
export interface SiteFault {
  readonly code: 'shape' | 'notANumber' | 'notWhole' | 'range' | 'empty' | 'length' | 'contradiction' | 'unknown'
  /** As in `cars[2].departSlot`. */
  readonly field: string
  readonly message: string
}

export const priorityOf = ({ priority }: SiteCar): number => priority ?? 0

/** Whether it matters who gets less where not all can be served; places of cars that have left are empty. */
export const sharesFairly = ({
  fairness,
  cars,
}: Pick<SiteProblem, 'fairness'> & { readonly cars: readonly (SiteCar | undefined)[] }): boolean => {
  const present = cars.find((car) => car !== undefined)
  if (present === undefined) return false
  return fairness === 'maxMin' || cars.some((car) => car !== undefined && priorityOf(car) !== priorityOf(present))
}

/** The same site where energy costs nothing, so that only what can be delivered counts. */
export const withoutPrices = ({ surplus: _, ...problem }: SiteProblem): SiteProblem => ({
  ...problem,
  pricePerKwh: problem.pricePerKwh.map(() => microsPerKwh(0)),
})

/** Whole Wh that a power is worth in one slot; a hair of tolerance, so that 7.4 kW in a quarter of an hour is 1850 Wh. */
export const whPerSlot = (power: number, slotLength: Milliseconds): number => Math.floor((power * slotLength) / 3_600_000 + 1e-6)

/** The limit of a node in a slot. */
export const limitAt = ({ limit }: SiteNode, slot: number): number => (typeof limit === 'number' ? limit : (limit[slot] ?? 0))
