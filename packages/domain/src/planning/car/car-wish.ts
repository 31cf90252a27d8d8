import type { EpochMs, Percent, WattHours, Watts } from '@voltway/units'
import type { PlanContext } from '../plan-context.ts'
import type { TaperCurve } from '../taper.ts'

/**
 * What of all plans is best: least money, least carbon (then least money), or ready first (then least money). With a last part, which ends when
 * the car leaves, what is ready first is all before it.
 */
export type CarGoal = 'cheapest' | 'greenest' | 'earliest'

/** The part that is kept until just before departure: so much energy, or the charge of so long. */
export type LastPart = { readonly energy: WattHours } | { readonly durationMs: number }

/** What a driver asks for one car; everything that is left out does not restrict, and all of it may be combined. */
export interface CarWish {
  readonly arrival: EpochMs
  /** By when the car must be ready; within a week of the arrival. */
  readonly departure: EpochMs
  readonly energy: WattHours
  /** Where the energies of the wish are counted: at the meter when left out, or behind the losses. */
  readonly countedAt?: 'meter' | 'battery'
  readonly goal: CarGoal
  /** Most that the plan may cost, in millionths. */
  readonly priceCapMicros?: bigint
  /** Of the energy, so much must be in by an earlier hour. */
  readonly minimum?: { readonly energy: WattHours; readonly by: EpochMs }
  readonly lastPart?: LastPart
  /** From its start to its end the charge never pauses. */
  readonly uninterrupted?: boolean
}

/** The battery, where it is known: it takes less power as it fills. */
export interface CarBattery {
  readonly capacity: WattHours
  /** At arrival. */
  readonly soc: Percent
  /** What it takes at fraction 1 of the curve, measured at the charger. */
  readonly maxPower: Watts
  /** `TAPER_ABOVE_80` when left out. */
  readonly taper?: TaperCurve
}

/** A power that may not be exceeded over [from, to). */
export interface PowerLimit {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly power: Watts
}

/** Carbon intensity of the grid over [from, to). */
export interface CarbonStep {
  readonly from: EpochMs
  readonly to: EpochMs
  /** Of CO2 equivalent; of a series of green shares, 1000 times what is not green serves as well. */
  readonly gramsPerKwh: number
}

/** What a car's plan is made from: one EVSE, its bookings and price, the car, and what the grid is told to be. */
export interface CarContext extends PlanContext {
  readonly battery?: CarBattery
  /**
   * Least power that may be offered: 6 A times volts and phases (IEC 61851-1). Where a limit is below it, charging pauses; limits that never
   * reach it in the whole stay, and are not all 0, are refused.
   */
  readonly minPower?: Watts
  /** What the site leaves for the car: in order, without overlap; what lies between them is not limited. */
  readonly powerLimits?: readonly PowerLimit[]
  /** In order, without gaps where a green plan is asked for. */
  readonly carbon?: readonly CarbonStep[]
}

/** One thing that is wrong with a wish or its context: a code for programs, the field, and a sentence for people. */
export interface CarFault {
  readonly code: 'notANumber' | 'range' | 'contradiction' | 'missing'
  /** As in `minimum.by`, or `context.battery.soc`. */
  readonly field: string
  readonly message: string
}
