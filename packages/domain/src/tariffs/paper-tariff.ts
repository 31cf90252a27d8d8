import { currency } from '@voltway/units'
import type { EvcmsTariff, Weekday } from './tariff.ts'

const WEEKDAYS: readonly Weekday[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY']

/**
 * The EVCMS paper's example: Ec, PDC and SC as its Table 2 implies them, peak windows and multipliers as its section 3.2.1
 * and Table 1 state them. The paper names no VAT.
 */
export const PAPER_TARIFF: EvcmsTariff = {
  kind: 'evcms',
  name: 'EVCMS',
  currency: currency('GBP'),
  timeZone: 'Europe/London',
  vat: { ratePpm: 0n, pricesInclude: true },
  energyPerKwh: 500_000n,
  peakDemandCharge: 3_000_000n,
  serviceCharge: 200_000n,
  peakWindows: [
    { startTime: '08:00', endTime: '11:00', weekdays: WEEKDAYS },
    { startTime: '16:00', endTime: '22:00', weekdays: WEEKDAYS },
  ],
  multipliersPpm: { offPeakFree: 0n, offPeakTaken: 250_000n, peakFree: 500_000n, peakTaken: 1_000_000n },
}
