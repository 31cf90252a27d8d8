import type { EpochMs, Percent, WattHours, Watts } from '@voltway/units'

/** Ways to move energy, in OCPP's words. */
export const ENERGY_TRANSFERS = ['AC_single_phase', 'AC_two_phase', 'AC_three_phase', 'DC'] as const
export type EnergyTransfer = (typeof ENERGY_TRANSFERS)[number]

/** What a car asks for over its cable: ChargeParameterDiscovery of ISO 15118-2, ScheduleExchange of -20. */
export interface VehicleNeeds {
  readonly transfer: EnergyTransfer
  readonly departure: EpochMs | undefined
  /** From when it was said on, at the inlet. */
  readonly energy: WattHours | undefined
  /** The most it takes. */
  readonly maxPower: Watts | undefined
  /** The least it charges with, unless it rests. */
  readonly minPower: Watts | undefined
  readonly soc: Percent | undefined
  readonly capacity: WattHours | undefined
}

/** What a car says it will draw, of the schedules it was offered. */
export interface VehicleSchedule {
  readonly start: EpochMs
  readonly end: EpochMs | undefined
  /** In the order of time, the first at zero seconds. Each holds until the next. */
  readonly periods: readonly { readonly startSeconds: number; readonly power: Watts }[]
}

/** One thing that a car said of itself. */
export type VehicleWord =
  | { readonly word: 'needs'; readonly needs: VehicleNeeds }
  | { readonly word: 'schedule'; readonly schedule: VehicleSchedule }
