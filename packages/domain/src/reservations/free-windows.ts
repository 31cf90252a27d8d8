import type { EpochMs } from '@voltway/units'
import type { BookingIndex } from './booking-index.ts'
import type { BookingTree } from './booking-tree.ts'
import type { Slot } from './slot.ts'

const collect = (tree: BookingTree | undefined, range: Slot, touching: Slot[]): void => {
  if (!tree || tree.lastEnd <= range.start || tree.firstStart >= range.end) return
  collect(tree.left, range, touching)
  if (tree.end > range.start && tree.start < range.end) touching.push({ start: tree.start, end: tree.end })
  collect(tree.right, range, touching)
}

/** The bookings that touch [from, to), in order; O(log n + found). */
export const bookingsIn = ({ tree }: BookingIndex, from: EpochMs, to: EpochMs): readonly Slot[] => {
  const touching: Slot[] = []
  collect(tree, { start: from, end: to }, touching)
  return touching
}

/** The free stretches of [from, to), in order, none empty; O(log n + found). */
export const freeWindows = (index: BookingIndex, from: EpochMs, to: EpochMs): readonly Slot[] => {
  const windows: Slot[] = []
  let freeFrom = from
  for (const { start, end } of bookingsIn(index, from, to)) {
    if (start > freeFrom) windows.push({ start: freeFrom, end: start })
    freeFrom = end
  }
  if (to > freeFrom) windows.push({ start: freeFrom, end: to })
  return windows
}
