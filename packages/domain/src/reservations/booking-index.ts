import { type EpochMs, fail, ok, type Result } from '@voltway/units'
import { type BookingTree, deleteBooking, insertBooking, treeOf } from './booking-tree.ts'
import type { Slot } from './slot.ts'

/** The bookings of one EVSE, none overlapping another; a value, so a plan may try a booking and forget it. */
export interface BookingIndex {
  readonly tree: BookingTree | undefined
}
export const NO_BOOKINGS: BookingIndex = { tree: undefined }

/** The booking that begins last at or before an instant; O(log n). */
const lastStartedBy = (tree: BookingTree | undefined, at: EpochMs): Slot | undefined => {
  let found: Slot | undefined
  for (let node = tree; node; ) {
    if (node.start <= at) {
      found = node
      node = node.right
    } else node = node.left
  }
  return found
}

/** Whether no booking touches the slot; O(log n). An empty slot is never free. */
export const isFree = ({ tree }: BookingIndex, slot: Slot): boolean => {
  if (slot.end <= slot.start) return false
  const before = lastStartedBy(tree, (slot.end - 1) as EpochMs)
  return before === undefined || before.end <= slot.start
}

/** The index with one booking more; O(log n). Refused when the slot is empty or touches another. */
export const addBooking = (index: BookingIndex, slot: Slot): Result<BookingIndex, 'emptySlot' | 'overlaps'> => {
  if (slot.end <= slot.start) return fail('emptySlot')
  if (!isFree(index, slot)) return fail('overlaps')
  return ok({ tree: insertBooking(index.tree, slot) })
}

/** The index without the booking of exactly this slot; O(log n). */
export const removeBooking = (index: BookingIndex, slot: Slot): Result<BookingIndex, 'unknownBooking'> => {
  const found = lastStartedBy(index.tree, slot.start)
  if (found?.start !== slot.start || found.end !== slot.end) return fail('unknownBooking')
  return ok({ tree: deleteBooking(index.tree, slot.start) })
}

/** Builds the index of many bookings in any order; O(n log n) for sorting. */
export const bookingIndex = (bookings: readonly Slot[]): Result<BookingIndex, 'emptySlot' | 'overlaps'> => {
  const sorted = bookings.toSorted((a, b) => a.start - b.start)
  for (const [position, slot] of sorted.entries()) {
    if (slot.end <= slot.start) return fail('emptySlot')
    if (position > 0 && sorted[position - 1]!.end > slot.start) return fail('overlaps')
  }
  return ok({ tree: treeOf(sorted) })
}

/** How many bookings the index holds. */
export const bookingCount = ({ tree }: BookingIndex) => tree?.size ?? 0
