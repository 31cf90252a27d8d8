import type { EpochMs } from '@voltway/units'
import { isPeak } from './peak-status.ts'
import type { EvcmsTariff } from './tariff.ts'

/** ACM of the paper's Table 1 in parts per million: peak status of the start, and whether the asked slot was taken. */
export const availabilityMultiplier = (tariff: EvcmsTariff, at: EpochMs, slotTaken: boolean): bigint => {
  const { offPeakFree, offPeakTaken, peakFree, peakTaken } = tariff.multipliersPpm
  if (isPeak(tariff, at)) return slotTaken ? peakTaken : peakFree
  return slotTaken ? offPeakTaken : offPeakFree
}
