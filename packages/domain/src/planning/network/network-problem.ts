import type { Milliseconds, Quantity, WattHours, Watts } from '@voltway/units'
import type { MicrosPerKwh } from '../site/site-problem.ts'

/** Millionths of a currency unit; whole numbers. */
export type Micros = Quantity<'micros'>
export const micros = (value: number) => value as Micros
/** Millionths of a currency unit for one hour; whole numbers. */
export type MicrosPerHour = Quantity<'micros/h'>
export const microsPerHour = (value: number) => value as MicrosPerHour

/** A connector of an EVSE, or the inlet of a car: its standard as OCPI names it, and the most power by it. */
export interface Plug {
  readonly standard: string
  readonly maxPower: Watts
}

/** EVSEs of one station that are alike. Each serves one car at a time, whichever of its connectors is used. */
export interface EvseGroup {
  readonly connectors: readonly Plug[]
  /** How many there are: one number for all slots, or what is free in each of them. */
  readonly count: number | readonly number[]
}

export interface NetworkStation {
  /** One price for all slots, or one for each. */
  readonly pricePerKwh: MicrosPerKwh | readonly MicrosPerKwh[]
  readonly evses: readonly EvseGroup[]
}

/** A station that a driver can reach. */
export interface Place {
  /** A place in `stations`. */
  readonly station: number
  /** The slot in which the driver is there. */
  readonly arriveSlot: number
  /** What the way to it costs more than the driver's own way, in time and distance. */
  readonly detour: Micros
}

export interface NetworkDriver {
  /** The car's inlets, with the most power that the car takes by each. */
  readonly plugs: readonly Plug[]
  /** Whole Wh. */
  readonly energy: WattHours
  /** Each station at most once. */
  readonly places: readonly Place[]
  /** The longest wait after arriving at a station. */
  readonly mostDelaySlots: number
  /** The slot before which charging must be over; the end of the day when left out. */
  readonly departSlot?: number | undefined
  readonly waitingPerHour: MicrosPerHour
  /** The most that the energy may cost. */
  readonly priceCap?: Micros | undefined
}

/** What there is, without those who ask for it. */
export interface NetworkSupply {
  /** Whole minutes. */
  readonly slotLength: Milliseconds
  readonly slots: number
  /** Starts are offered at arrival and every so many slots after it. */
  readonly delayStep: number
  /** What leaving a driver without a promise counts as; an option that costs as much or more is none. */
  readonly unservedCost: Micros
  readonly stations: readonly NetworkStation[]
}

/**
 * Which station and which start for each driver. An option is a place, a group of EVSEs, by the fastest connector that fits, and a
 * start; it takes one EVSE for as long as the energy needs at the power of connector and car, and costs energy, waiting and detour.
 */
export interface NetworkProblem extends NetworkSupply {
  readonly drivers: readonly NetworkDriver[]
}

/** One thing that is wrong with a problem: a code for programs, the field, and a sentence for people. */
export interface NetworkFault {
  readonly code: 'notANumber' | 'notWhole' | 'range' | 'empty' | 'length' | 'contradiction' | 'unknown'
  /** As in `drivers[2].places[0].station`. */
  readonly field: string
  readonly message: string
}
