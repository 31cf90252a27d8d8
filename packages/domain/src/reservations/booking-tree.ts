import type { EpochMs } from '@voltway/units'
import type { Slot } from './slot.ts'

/** The paper's time gap Tg (section 3.2.2): slots are searched in steps of 15 minutes. */
export const SLOT_STEP_MS = 900_000

/**
 * A persistent AVL tree of one EVSE's bookings by start. Each subtree knows how wide its widest
 * hole is, so that a search can pass over every subtree in which nothing fits.
 */
export interface BookingTree extends Slot {
  readonly left: BookingTree | undefined
  readonly right: BookingTree | undefined
  readonly height: number
  readonly size: number
  /** Start of the first and end of the last booking in the subtree. */
  readonly firstStart: EpochMs
  readonly lastEnd: EpochMs
  /** Widest hole between two neighbours of the subtree; 0 when there is none. */
  readonly widestHole: number
  /** The same, with each hole's beginning moved up to the next whole quarter of an hour. */
  readonly widestQuarterHole: number
}

/** The next multiple of the step at or after an instant. */
const nextQuarter = (at: number) => Math.ceil(at / SLOT_STEP_MS) * SLOT_STEP_MS

/** How much of the hole [from, to) is left when slots begin on whole quarters; negative when the quarter comes too late. */
export const quarterHole = (from: number, to: number) => to - nextQuarter(from)

const heightOf = (tree: BookingTree | undefined) => tree?.height ?? 0

const join = (left: BookingTree | undefined, booking: Slot, right: BookingTree | undefined): BookingTree => {
  let widestHole = Math.max(left?.widestHole ?? 0, right?.widestHole ?? 0)
  let widestQuarterHole = Math.max(left?.widestQuarterHole ?? 0, right?.widestQuarterHole ?? 0)
  if (left) {
    widestHole = Math.max(widestHole, booking.start - left.lastEnd)
    widestQuarterHole = Math.max(widestQuarterHole, quarterHole(left.lastEnd, booking.start))
  }
  if (right) {
    widestHole = Math.max(widestHole, right.firstStart - booking.end)
    widestQuarterHole = Math.max(widestQuarterHole, quarterHole(booking.end, right.firstStart))
  }
  return {
    start: booking.start,
    end: booking.end,
    left,
    right,
    height: 1 + Math.max(heightOf(left), heightOf(right)),
    size: 1 + (left?.size ?? 0) + (right?.size ?? 0),
    firstStart: left?.firstStart ?? booking.start,
    lastEnd: right?.lastEnd ?? booking.end,
    widestHole,
    widestQuarterHole,
  }
}

const balance = (left: BookingTree | undefined, booking: Slot, right: BookingTree | undefined): BookingTree => {
  const lean = heightOf(left) - heightOf(right)
  if (lean > 1 && left) {
    if (heightOf(left.left) >= heightOf(left.right)) return join(left.left, left, join(left.right, booking, right))
    const middle = left.right!
    return join(join(left.left, left, middle.left), middle, join(middle.right, booking, right))
  }
  if (lean < -1 && right) {
    if (heightOf(right.right) >= heightOf(right.left)) return join(join(left, booking, right.left), right, right.right)
    const middle = right.left!
    return join(join(left, booking, middle.left), middle, join(middle.right, right, right.right))
  }
  return join(left, booking, right)
}

/** Adds a booking that overlaps none; O(log n), the old tree stays as it was. */
export const insertBooking = (tree: BookingTree | undefined, booking: Slot): BookingTree => {
  if (!tree) return join(undefined, booking, undefined)
  return booking.start < tree.start
    ? balance(insertBooking(tree.left, booking), tree, tree.right)
    : balance(tree.left, tree, insertBooking(tree.right, booking))
}

const withoutFirst = (tree: BookingTree): BookingTree | undefined =>
  tree.left ? balance(withoutFirst(tree.left), tree, tree.right) : tree.right

const firstOf = (tree: BookingTree): BookingTree => (tree.left ? firstOf(tree.left) : tree)

/** Takes out the booking that starts at an instant; O(log n); the same tree when there is none. */
export const deleteBooking = (tree: BookingTree | undefined, start: EpochMs): BookingTree | undefined => {
  if (!tree) return undefined
  if (start < tree.start) {
    const left = deleteBooking(tree.left, start)
    return left === tree.left ? tree : balance(left, tree, tree.right)
  }
  if (start > tree.start) {
    const right = deleteBooking(tree.right, start)
    return right === tree.right ? tree : balance(tree.left, tree, right)
  }
  if (!tree.right) return tree.left
  return balance(tree.left, firstOf(tree.right), withoutFirst(tree.right))
}

/** Builds a perfectly balanced tree from bookings sorted by start that do not overlap; O(n). */
export const treeOf = (sorted: readonly Slot[], from = 0, to = sorted.length): BookingTree | undefined => {
  if (from >= to) return undefined
  const middle = (from + to) >>> 1
  return join(treeOf(sorted, from, middle), sorted[middle]!, treeOf(sorted, middle + 1, to))
}
