import type { EpochMs, WattHours, Watts } from '@voltway/units'
import type { CostBreakdown } from '../tariffs/cost.ts'
import type { Tariff } from '../tariffs/tariff.ts'

/** What the driver asks: date and arrival, duration or departure, energy. */
export interface ChargeWish {
  readonly arrival: EpochMs
  /** How long the driver asks the charger for. */
  readonly durationMs: number
  readonly energy: WattHours
  /** By when the car must be ready; at or after arrival + duration. */
  readonly departure: EpochMs
  /** A plan that costs more is not offered. */
  readonly priceCapMicros?: bigint
  /** What one hour of waiting is worth to the driver, in millionths; 0 is cheapest, large is soonest. */
  readonly waitingMicrosPerHour?: bigint
}

/** What the charger and the car can do together. */
export interface ChargeLimits {
  /** The least of charger, connector, cable and car. */
  readonly maxPower: Watts
  /** Energy into the battery per energy metered, 0 to 1; the paper's Ceff is applied to the charger's power instead. */
  readonly efficiency: number
}

/** Constant power over [from, to). */
export interface PowerStep {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly power: Watts
}

/** The paper's four (section 3.2.2), the exact cheapest, the soonest, the greenest, and the wish as it was asked. */
export type PlanKind = 'duration' | 'power' | 'durationEco' | 'powerEco' | 'cheapest' | 'soonest' | 'greenest'

export interface Plan {
  readonly kind: PlanKind
  /** The slot reserved on the EVSE. */
  readonly start: EpochMs
  readonly end: EpochMs
  readonly energy: WattHours
  readonly curve: readonly PowerStep[]
  readonly cost: CostBreakdown
  /** The tariff with everything resolved (bands, multiplier): what is frozen on acceptance. */
  readonly tariff: Tariff
  /** Why it is offered: codes for the text catalogue, most telling first. */
  readonly reasons: readonly PlanReason[]
}

/** Why a plan gives less energy than asked, by departure. */
export type ShortfallCause = 'nothingAsked' | 'noPower' | 'tooLittleTime' | 'slotsTaken' | 'priceCap'

export interface PlanReason {
  readonly code:
    | 'asAsked'
    | 'fitsDuration'
    | 'fitsEnergy'
    | 'movedOffPeak'
    | 'movedToFreeSlot'
    | 'cheapestBeforeDeparture'
    | 'bestOfPriceAndWait'
    | 'soonest'
    | 'sameEnergyForLess'
    | 'waitsForLess'
    | 'leastShortfall'
    | 'greenestBeforeDeparture'
    | 'minimumInTime'
    | 'lastPartKept'
    /** The rest of the wish leaves no room for it. */
    | 'lastPartLeftOut'
    | 'withoutPause'
  /** Minutes moved from the asked arrival, money saved against the asked plan. */
  readonly shiftMinutes?: number
  readonly savedMicros?: bigint
  /** With `leastShortfall`: what is missing of the asked energy, and why. */
  readonly shortfallWh?: WattHours
  readonly cause?: ShortfallCause
}
