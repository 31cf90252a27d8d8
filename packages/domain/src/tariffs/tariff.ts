import type { Currency, EpochMs } from '@voltway/units'

/** Millionths of the tariff's currency per unit named: kWh, minute, session. */
export type PriceMicros = bigint

export type Weekday = 'MONDAY' | 'TUESDAY' | 'WEDNESDAY' | 'THURSDAY' | 'FRIDAY' | 'SATURDAY' | 'SUNDAY'

/** When an element applies, on the wall clock of the site's zone; what is left out does not restrict. */
export interface TariffRestriction {
  /** 'HH:MM'; a window with end <= start runs over midnight and belongs to the day on which it starts. */
  readonly startTime?: string
  readonly endTime?: string
  readonly weekdays?: readonly Weekday[]
  /** A season as 'MM-DD', both days included; a season with end < start runs over new year. */
  readonly seasonStart?: string
  readonly seasonEnd?: string
}

/**
 * One row of a price list. Of all elements that apply at a moment, the first that names a
 * dimension gives its price (the rule of OCPI 2.2.1, 11.3).
 */
export interface TariffElement {
  readonly name?: string
  readonly perKwh?: PriceMicros
  /** Per minute from plug-in (or session start) to the end of charging. */
  readonly perMinute?: PriceMicros
  /** Once, by the element that applies at the session's start. */
  readonly perSession?: PriceMicros
  readonly when?: TariffRestriction
}

/** Charged per minute that a car stays connected after charging ended. */
export interface IdleFee {
  readonly perMinute: PriceMicros
  readonly graceMinutes: number
  /** Most that one session pays for idling. */
  readonly cap?: PriceMicros
  readonly when?: TariffRestriction
}

/** Follows a day-ahead series and the site's load; resolved into bands before a driver accepts. */
export interface DynamicPrice {
  /** Name of the stored price series. */
  readonly series: string
  /** Added to the series' price, per kWh. */
  readonly markupPerKwh: PriceMicros
  /** Parts per million by which the series' price is multiplied (losses, levies): 1_000_000 is one. */
  readonly factorPpm: bigint
  /** Added per kWh at full load of the site, in proportion to its load. */
  readonly loadPerKwh?: PriceMicros
  readonly floorPerKwh?: PriceMicros
  readonly capPerKwh?: PriceMicros
}

/** A price per kWh that holds from one instant to another: what a dynamic tariff was when it was accepted. */
export interface PriceBand {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly perKwh: PriceMicros
}

interface TariffHead {
  readonly name: string
  readonly currency: Currency
  /** IANA zone of the site, in which times of day are read. */
  readonly timeZone: string
  readonly vat: { readonly ratePpm: bigint; readonly pricesInclude: boolean }
  readonly idle?: IdleFee
  /** Credited per kWh that the car gives back; nothing when left out. */
  readonly feedInPerKwh?: PriceMicros
}

/** A price list of elements. */
export interface ElementTariff extends TariffHead {
  readonly kind: 'elements'
  readonly elements: readonly TariffElement[]
  /** Overrides `perKwh` of the elements inside its bands. */
  readonly dynamic?: DynamicPrice
  readonly bands?: readonly PriceBand[]
}

/**
 * The EVCMS paper's formula (section 3.2.1, Eq. 1 to 8): price = Ec*Es + ACM*PDC + SC. The multiplier
 * ACM depends on the peak status of the start and on whether the asked slot was free (Table 1).
 */
export interface EvcmsTariff extends TariffHead {
  readonly kind: 'evcms'
  /** Ec, per kWh. */
  readonly energyPerKwh: PriceMicros
  /** PDC, per session. */
  readonly peakDemandCharge: PriceMicros
  /** SC, per session. */
  readonly serviceCharge: PriceMicros
  readonly peakWindows: readonly TariffRestriction[]
  /** Table 1, in parts per million of PDC. */
  readonly multipliersPpm: {
    readonly offPeakFree: bigint
    readonly offPeakTaken: bigint
    readonly peakFree: bigint
    readonly peakTaken: bigint
  }
  /** ACM in parts per million once a plan or a start has fixed it. */
  readonly acmPpm?: bigint
}

/** What a session is priced with; frozen into plan, session and receipt when a driver accepts. */
export type Tariff = ElementTariff | EvcmsTariff
