import type { Amperes, EpochMs, Percent, Volts, WattHours, Watts } from '@voltway/units'

/** What a meter shows of one phase, or of all together. */
export interface Quantities {
  /** Cumulative register of energy given to the vehicle. */
  readonly importWh?: WattHours
  /** Cumulative register of energy given back by the vehicle. */
  readonly exportWh?: WattHours
  /** Energy of the last interval only: never to be mistaken for the register. */
  readonly importIntervalWh?: WattHours
  readonly exportIntervalWh?: WattHours
  readonly powerImportW?: Watts
  readonly powerExportW?: Watts
  readonly powerOfferedW?: Watts
  readonly currentImportA?: Amperes
  readonly currentExportA?: Amperes
  readonly currentOfferedA?: Amperes
  readonly voltageV?: Volts
}

export type Phase = 'L1' | 'L2' | 'L3' | 'N'

/** A sample that has no place of its own, as it was sent. */
export interface OtherSample {
  readonly measurand: string
  readonly value: number
  readonly unit?: string
  readonly phase?: string
  readonly location?: string
}

/** A signed meter value, passed on untouched for the driver's transparency software. */
export interface SignedSample {
  readonly measurand: string
  readonly data: string
  /** Given by 2.x only. */
  readonly signingMethod?: string
  readonly encodingMethod?: string
  readonly publicKey?: string
}

/**
 * One moment of one meter, units applied, whatever the OCPP version. Totals are the station's own where it sends
 * them; else energy and power are the sum of the phases, current their largest, voltage their mean.
 */
export interface MeterReading extends Quantities {
  readonly atMs: EpochMs
  /** Whose clock `atMs` is: the receiver's where the station's cannot be read or believed. */
  readonly clock: 'station' | 'receiver'
  /** OCPP's word, such as `Sample.Periodic` or `Transaction.End`. */
  readonly context?: string
  /** Where the import register was measured, unless at the outlet. */
  readonly importLocation?: string
  readonly socPercent?: Percent
  readonly temperatureC?: number
  readonly frequencyHz?: number
  readonly phases: Readonly<Partial<Record<Phase, Quantities>>>
  readonly signed: readonly SignedSample[]
  readonly other: readonly OtherSample[]
}

/** One sampled value in the words that 1.6 and 2.x share. */
export interface Sample {
  readonly value: number
  readonly measurand: string
  readonly unit: string | undefined
  /** Power of ten. */
  readonly multiplier: number
  readonly phase: string | undefined
  readonly location: string | undefined
}

/** What OCPP means when a sample names no measurand. */
export const DEFAULT_MEASURAND = 'Energy.Active.Import.Register'
/** What OCPP means when a sample names no context. */
export const DEFAULT_CONTEXT = 'Sample.Periodic'
