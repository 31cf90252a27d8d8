import type { PriceSeries } from '../../money-types.ts'

/** Followed by a tariff, and without a price for now: that tariff falls back to its own. */
export const hasRunOut = ({ followedBy, to }: Pick<PriceSeries, 'followedBy' | 'to'>, now: number): boolean =>
  followedBy.length > 0 && (to === undefined || Date.parse(to) <= now)
