import type { ScheduleOffer } from '@voltway/vehicle'

/** How dear a moment of an offer is, against its other moments: the price level, or what a kilowatt-hour costs. */
export const dearnessAt = ({ prices }: ScheduleOffer, at: number): number | undefined => {
  if (prices?.form === 'levels') return prices.entries.findLast(({ start }) => start <= at)?.level
  const entry = prices?.entries.findLast(({ start }) => start <= at)
  return entry && entry.energyFee.value * 10 ** entry.energyFee.exponent
}
