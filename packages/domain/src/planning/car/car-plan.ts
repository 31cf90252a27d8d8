import type { EpochMs, WattHours, Watts } from '@voltway/units'
import type { Plan, PowerStep, ShortfallCause } from '../plan.ts'
import type { CarCertificate } from './car-certificate.ts'
import type { CarGoal } from './car-wish.ts'

/** A step of the curve: the mean power expected over it, and what the car is offered, which a filling battery does not take all of. */
export interface CarStep extends PowerStep {
  readonly limit: Watts
}

/** Why energy is, or is not, charged in a stretch. */
export type SlotReason =
  /** Used, as one of the best for the goal. */
  | 'best'
  /** Used, since the minimum has to be in by its hour. */
  | 'minimum'
  /** Used, since the last part is kept until just before departure. */
  | 'lastPart'
  /** Used, since the charge may not pause. */
  | 'uninterrupted'
  /** Used, since the driver asked for just this time, or for the nearest off-peak one: a choice that looks at nothing else. */
  | 'asked'
  /** Not used: booked by somebody else. */
  | 'taken'
  /** Not used: the limit is below the least power. */
  | 'noPower'
  /** Not used: dearer, or less green, than all that is used freely. */
  | 'worse'
  /** Not used: as good as what is used, but not needed. */
  | 'notNeeded'
  /** Not used: better by itself, but not together with the rest (fees by start or minute, another gap, no pause, a minimum). */
  | 'apart'

/** A stretch of the time from arrival to departure in which price, carbon and reason are the same. */
export interface CarSlot {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly energy: WattHours
  /** VAT included. */
  readonly perKwhMicros: number
  readonly gramsPerKwh?: number
  readonly reason: SlotReason
}

/** A plan for one car: what `Plan` says of slot, curve, price split and tariff, and how it stands to the wish. */
export interface CarPlan extends Plan {
  readonly goal: CarGoal
  readonly curve: readonly CarStep[]
  /** What reaches the battery of the metered `energy`. */
  readonly batteryEnergy: WattHours
  /** Where the carbon of all of it is known. */
  readonly carbonGrams?: number
  readonly slots: readonly CarSlot[]
  /** Metered; what is missing at departure. Absent when nothing is. */
  readonly shortfall?: { readonly energy: WattHours; readonly cause: CarShortfallCause }
  /** Metered; missing of the minimum at its hour. Absent when nothing is. */
  readonly minimumShortfall?: WattHours
  /** What proves how good it is; absent where the checker needs none. */
  readonly certificate?: CarCertificate
}

/** Also: the battery has no room for it, or the site's limits leave too little. */
export type CarShortfallCause = ShortfallCause | 'batteryFull' | 'powerLimits'
