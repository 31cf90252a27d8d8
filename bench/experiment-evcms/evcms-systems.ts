import { planUsage } from '@voltway/domain/planning'
import { type CostBreakdown, costOf, type EvcmsTariff, PAPER_TARIFF } from '@voltway/domain/tariffs'
import { type EpochMs, epochMs, MINUTE, type WattHours, type Watts, wattHours, watts } from '@voltway/units'
import { EFFICIENCY, MAX_POWER_W } from './paper.ts'

/** The peak status of the asked time, and whether the asked slot was taken: what the paper's four cases are made of. */
export interface AskedStatus {
  readonly peak: boolean
  readonly taken: boolean
}

/** Case 1 to 4 of Table 3. */
export const caseOf = ({ peak, taken }: AskedStatus): 1 | 2 | 3 | 4 => (peak ? (taken ? 2 : 1) : taken ? 4 : 3)

/** The charging rate of Eq. 3: Pmax * Ceff. */
export const CHARGING_RATE: Watts = watts(MAX_POWER_W * EFFICIENCY)

/** Es of Eq. 2. */
export const energyOf = (durationMs: number): WattHours => wattHours((CHARGING_RATE * durationMs) / 3_600_000)

const { offPeakFree, offPeakTaken, peakFree, peakTaken } = PAPER_TARIFF.multipliersPpm

/** ACM of Table 1. */
export const tableOneMultiplier = ({ peak, taken }: AskedStatus): bigint =>
  peak ? (taken ? peakTaken : peakFree) : taken ? offPeakTaken : offPeakFree

/** The factor in AC: Table 1's, except that off-peak the original system does not look at availability (rows 2 and 495). */
export const originalMultiplier = (status: AskedStatus): bigint => (status.peak ? tableOneMultiplier(status) : offPeakFree)

/** The factor in OC: a free on-peak booking is moved to "partially available", a taken one to "available"; Case 4 is charged for being taken. */
export const optimisedMultiplier = ({ peak, taken }: AskedStatus): bigint => (peak !== taken ? offPeakTaken : offPeakFree)

/** A charge at constant power; the paper's rate and tariff when left out. */
export interface ConstantCharge {
  readonly start: EpochMs
  readonly energy: WattHours
  readonly power?: Watts
  readonly tariff?: EvcmsTariff
}

/** The price of a charge with the multiplier fixed. */
export const costAt = ({ start, energy, power = CHARGING_RATE, tariff = PAPER_TARIFF }: ConstantCharge, acmPpm: bigint): CostBreakdown => {
  const end = epochMs(start + Math.ceil((energy * 3_600_000) / power))
  return costOf({ ...tariff, acmPpm }, planUsage(start, end, [{ from: start, to: end, power }]))
}

/** A Tuesday in London on which clocks do not change: 09:00 is on-peak, 13:00 off-peak. */
const DAY_START = epochMs(Date.parse('2026-03-03T00:00:00Z'))
export const sampleArrival = (peak: boolean): EpochMs => epochMs(DAY_START + (peak ? 9 : 13) * 60 * MINUTE)

/** Pounds of a cost, for tables and JSON. */
export const pounds = ({ totalMicros }: CostBreakdown): number => Number(totalMicros) / 1e6
