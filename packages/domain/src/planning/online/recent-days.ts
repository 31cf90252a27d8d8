import type { OnlineSite, PastDay } from './online-site.ts'

const DAYS = 10

/**
 * The forecast of a site: each of its last days, as it was, stands for one way in which this day may go on. So what comes
 * together (the morning's rush at one feeder, a quiet night) stays together, which no average of them would keep.
 * @returns the latest days before this one, latest first; never this day or one after it
 */
export const recentDays = ({ day, history, caution }: Pick<OnlineSite, 'day' | 'history' | 'caution'>): readonly PastDay[] =>
  history
    .filter((past) => past.day < day)
    .toSorted((a, b) => b.day - a.day)
    .slice(0, caution?.days ?? DAYS)
