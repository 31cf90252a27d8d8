import type { EpochMs } from '@voltway/units'
import { appliesAt } from './applies-at.ts'
import type { EvcmsTariff } from './tariff.ts'

/** Whether an instant lies in a peak window (paper, Eq. 9), on the wall clock of the site: its start is inside, its end outside. */
export const isPeak = (tariff: Pick<EvcmsTariff, 'peakWindows' | 'timeZone'>, at: EpochMs): boolean =>
  tariff.peakWindows.some((window) => appliesAt(window, tariff.timeZone, at))
