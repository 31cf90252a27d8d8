import type { Amperes, Percent, Seconds, Volts, WattHours, Watts } from '@voltway/units'

/** Ways to move energy, in OCPP's words. */
export type EnergyTransfer = 'AC_single_phase' | 'AC_three_phase' | 'DC' | 'AC_BPT' | 'DC_BPT'
export const isDirectCurrent = (transfer: EnergyTransfer): boolean => transfer === 'DC' || transfer === 'DC_BPT'

/** External identification (a card, an app), or a contract certificate. */
export type Payment = 'eim' | 'contract'

/** What one end can do in one direction. An absent limit is none. */
export interface PowerLimits {
  readonly maxPower?: Watts
  readonly minPower?: Watts
  /** Of each phase where the current is alternating. */
  readonly maxCurrent?: Amperes
  readonly minCurrent?: Amperes
  readonly maxVoltage?: Volts
  readonly minVoltage?: Volts
}

/** What a station can do, and what it does to its output. */
export interface SupplyLimits {
  readonly charge: PowerLimits
  /** Bidirectional transfer only; amounts are positive. */
  readonly discharge?: PowerLimits
  /** Alternating current only. */
  readonly nominalVoltage?: Volts
  readonly nominalFrequencyHz?: number
  /** Direct current only. */
  readonly peakCurrentRipple?: Amperes
  readonly currentRegulationTolerance?: Amperes
  readonly energyToBeDelivered?: WattHours
}

/** What a car wants and can do. */
export interface ChargingNeeds {
  readonly transfer: EnergyTransfer
  /** Dynamic: the station sets the power from moment to moment. Scheduled: the car follows a profile of its own choice. */
  readonly control: 'scheduled' | 'dynamic'
  /** From now. */
  readonly departure?: Seconds
  readonly energy?: WattHours
  /** What it must at least and may at most take, as ISO 15118-20 has it. Negative: what it can give. */
  readonly minEnergy?: WattHours
  readonly maxEnergy?: WattHours
  readonly capacity?: WattHours
  readonly soc?: Percent
  readonly targetSoc?: Percent
  readonly charge: PowerLimits
  readonly discharge?: PowerLimits
  /** How many schedules it can take. */
  readonly maxSchedules: number
  /** The forms of prices it understands. */
  readonly prices: readonly PriceForm[]
}

export type PriceForm = 'levels' | 'absolute'

/** A part of a schedule; the last may be without end. */
export interface Interval {
  readonly start: Seconds
  readonly duration?: Seconds
}

export interface PowerInterval extends Interval {
  readonly maxPower: Watts
  /** Bidirectional only, positive. */
  readonly maxDischargePower?: Watts
}

/** How dear an interval is, relative to the others of its schedule: 0 or 1 is the cheapest. SalesTariff of -2, PriceLevelSchedule of -20. */
export interface PriceLevels {
  readonly form: 'levels'
  readonly id: number
  readonly description?: string
  readonly levels: number
  readonly entries: readonly (Interval & { readonly level?: number; readonly costs?: readonly ConsumptionCost[] })[]
}

export interface ConsumptionCost {
  /** From this power on. */
  readonly startPower: Watts
  readonly costs: readonly {
    readonly kind: 'relativePricePercentage' | 'renewableGenerationPercentage' | 'carbonDioxideEmission'
    /** value * 10 ** exponent */
    readonly value: number
    readonly exponent?: number
  }[]
}

/** Prices in a currency. AbsolutePriceSchedule of -20. */
export interface AbsolutePrices {
  readonly form: 'absolute'
  readonly id: number
  /** ISO 4217. */
  readonly currency: string
  /** BCP 47. */
  readonly language: string
  readonly description?: string
  readonly entries: readonly (Interval & {
    /** Of a kilowatt-hour: value * 10 ** exponent. */
    readonly energyFee: { readonly value: number; readonly exponent: number }
    readonly parkingFee?: { readonly value: number; readonly exponent: number }
    readonly parkingFeePeriod?: Seconds
    /** From this power on. */
    readonly startPower?: Watts
  })[]
}

/** One schedule that a station offers: SAScheduleTuple of -2, ScheduleTuple of -20. */
export interface ScheduleOffer {
  /** 1 to 255. */
  readonly id: number
  readonly power: readonly PowerInterval[]
  readonly prices?: PriceLevels | AbsolutePrices
}

/** What a car says it will draw. */
export interface ChargingProfile {
  readonly scheduleId: number
  readonly entries: readonly { readonly start: Seconds; readonly power: Watts; readonly phases?: 1 | 3 }[]
}

/** A meter's reading as it goes to the car, and as its receipt names it. */
export interface MeterReading {
  readonly meterId: string
  readonly energy?: WattHours
  readonly dischargedEnergy?: WattHours
  readonly signature?: Uint8Array
  readonly status?: number
  /** Unix time. */
  readonly at?: Seconds
}

/** Something beside charging that a station offers. */
export interface ValueAddedService {
  readonly id: number
  readonly name?: string
  readonly category: 'internet' | 'other'
  readonly scope?: string
  readonly free: boolean
  readonly parameterSets?: readonly ServiceParameterSet[]
}

export interface ServiceParameterSet {
  readonly id: number
  readonly parameters: readonly { readonly name: string; readonly value: boolean | number | string }[]
}

export interface SelectedService {
  readonly id: number
  readonly parameterSet?: number
}
