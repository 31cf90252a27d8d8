import type { Amperes, EpochMs, WattHours, Watts } from '@voltway/units'
import type { DemandCharge, Phase } from '../full-site/index.ts'
import type { PowerStep } from '../plan.ts'
import type { MicrosPerKwh } from '../site/index.ts'
import type { SetPointSchedule } from './set-point-schedule.ts'

/** The price over [from, to). */
export interface SpanPrice {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly perKwh: MicrosPerKwh
}

/** Power that is forecast over [from, to). */
export interface SpanPower {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly power: Watts
}

/** What the site has beside its cars, as far as it is forecast: a gap is nothing. */
export interface Surroundings {
  /** What the building takes: it leaves less of every limit of the site, evenly on its phases. */
  readonly load: readonly SpanPower[]
  /** What its panels give: it makes energy cheaper, and no limit higher. */
  readonly solar: readonly SpanPower[]
  /** What feeding in earns. */
  readonly feedInPerKwh: MicrosPerKwh
}

/** The site's phases from which something draws: one of them, or evenly from all. */
export type DrawnPhases = Phase | 'three'

/** Somebody who came on a past day, with that day's instants moved to those of today. */
export interface PastCar {
  /** A place in `stations`. */
  readonly station: number
  readonly from: EpochMs
  readonly to: EpochMs
  /** As it was metered. */
  readonly energy: WattHours
  readonly maxPower: Watts
}

/** Energy of an accepted plan at one price, as its driver was told. */
export interface PromisedPart {
  readonly energy: WattHours
  readonly perKwh: MicrosPerKwh
}

/** What a driver was promised, or what is taken for granted of one who only plugged in. */
export type SteeredWish =
  | {
      readonly kind: 'promise'
      /** When its slot begins: a car that is not there yet has its energy kept for it. */
      readonly arrival: EpochMs
      readonly departure: EpochMs
      /** As it was accepted. */
      readonly curve: readonly PowerStep[]
      /** In the order in which the accepted curve draws them; their sum is the plan's energy. */
      readonly parts: readonly PromisedPart[]
      /** Of the driver's frozen tariff, from now to departure; a gap is free of charge. */
      readonly prices: readonly SpanPrice[]
    }
  | {
      readonly kind: 'walkIn'
      readonly startedAt: EpochMs
      /** What the battery still takes, metered; undefined when not known. */
      readonly room: WattHours | undefined
    }

/** How a station takes its limits: whole steps between a minimum and a maximum, or a pause. */
export interface SetPointTerms {
  /** Below this a car stops: 6 A on each of its phases (IEC 61851-1). */
  readonly minimum: Watts
  /** One ampere on each phase, or what a station that takes watts can tell apart. */
  readonly step: Watts
  /** ChargingScheduleMaxPeriods (1.6) or PeriodsPerSchedule (2.x). */
  readonly maxPeriods: number
}

/** How a station can switch a car that draws from three phases to one of them. */
export interface CarSwitching {
  /** The site's phase from which it then draws. */
  readonly phase: Phase
  /** Its set-points then: no more amperes than each of three phases carries. */
  readonly terms: SetPointTerms
}

/** A car that charges and can be steered. */
export interface SteeredCar {
  /** By which it is known again at the next plan. */
  readonly key: string
  /** A place in `stations`. */
  readonly station: number
  /** The least of EVSE, cable, car, and what it was seen to take at most. */
  readonly maxPower: Watts
  /** Metered since it was plugged in. */
  readonly delivered: WattHours
  /** When that was read. */
  readonly deliveredAt: EpochMs
  readonly wish: SteeredWish
  readonly terms: SetPointTerms
  /** It takes nothing by its own choice: it is left the minimum, to come back with. */
  readonly isResting: boolean
  /** Its slot is booked, and it is still to come: nobody can be told yet. */
  readonly isExpected: boolean
  /** It said what it needs since its station was told something: both wait to be told, also where that is the same again. */
  readonly awaitsPlan?: boolean
  /** What its station was last told and said yes to. */
  readonly inForce: SetPointSchedule | undefined
  /** Evenly from all three when left out. */
  readonly phases?: DrawnPhases | undefined
  /** Left out where it cannot be switched; `phases`, `terms` and `maxPower` are those of all three. */
  readonly switching?: CarSwitching | undefined
  /** How often it was paused since it began; of use where that is limited. */
  readonly pauses?: number | undefined
}

/** What draws power and cannot be steered: a station without smart charging, one that refuses or ignores its profile. */
export interface UnsteeredLoad {
  readonly station: number
  readonly power: Watts
  /** Evenly from all three when left out. */
  readonly phases?: DrawnPhases | undefined
}

export type PhaseAmperes = readonly [Amperes, Amperes, Amperes]

export interface SteeredStation {
  readonly limit: Watts | undefined
  /** Most current in each of its phases: the fuse in front of it. */
  readonly phaseLimit?: Amperes | undefined
}

/** All that is known of a site at a moment. */
export interface SteeredSite {
  readonly now: EpochMs
  /** Undefined where no limit of the grid is known. */
  readonly limit: Watts | undefined
  /** Lower limits for a time, as an event of the grid asks for them; those of the same time do not overlap. */
  readonly caps?: readonly SpanPower[] | undefined
  /** What energy costs at this site; a gap costs nothing. */
  readonly prices: readonly SpanPrice[]
  readonly stations: readonly SteeredStation[]
  readonly cars: readonly SteeredCar[]
  readonly loads: readonly UnsteeredLoad[]
  /** Most current in L1, L2 and L3. */
  readonly phaseLimits?: PhaseAmperes | undefined
  readonly surroundings?: Surroundings | undefined
  readonly demandCharge?: DemandCharge | undefined
  /** How often a car may be paused before it has its energy. */
  readonly mostPauses?: number | undefined
  /** The site's last days, latest first: each is one way in which this one may go on. Nobody is anticipated without. */
  readonly pastDays?: readonly (readonly PastCar[])[] | undefined
}
