import type { EpochMs } from '@voltway/units'
import { type BookingIndex, isFree } from './booking-index.ts'
import { type BookingTree, quarterHole, SLOT_STEP_MS } from './booking-tree.ts'

/** What Algorithm 1 is asked: a slot, and how it may be moved. */
export interface SlotWish {
  readonly start: EpochMs
  readonly durationMs: number
  /** The paper's 15 minutes when left out. */
  readonly stepMs?: number
  /** No start before and no end after these; unbounded when left out. */
  readonly notBefore?: EpochMs
  readonly notAfter?: EpochMs
  /** The paper moves a booking later only; `both` takes the nearer side, the later one on a tie. */
  readonly direction?: 'later' | 'both'
}

export interface NearestFree {
  /** Whether the slot is free as asked. */
  readonly available: boolean
  /** The asked start when available, else the nearest free one; undefined when there is none in the bounds. */
  readonly start: EpochMs | undefined
}

interface Search {
  readonly anchor: number
  readonly step: number
  readonly duration: number
  readonly notBefore: number
  readonly notAfter: number
  /** The width of a hole, and of a subtree's widest hole, in the measure that decides whether something fits. */
  readonly width: (from: number, to: number) => number
  readonly widest: (tree: BookingTree) => number
}

const searchOf = (wish: SlotWish): Search => {
  const step = wish.stepMs ?? SLOT_STEP_MS
  // On whole quarters the tree knows exactly which subtrees fit; otherwise its plain widths are only a bound.
  const onQuarters = step === SLOT_STEP_MS && wish.start % SLOT_STEP_MS === 0
  return {
    anchor: wish.start,
    step,
    duration: wish.durationMs,
    notBefore: wish.notBefore ?? -Infinity,
    notAfter: wish.notAfter ?? Infinity,
    width: onQuarters ? quarterHole : (from, to) => to - from,
    widest: onQuarters ? (tree) => tree.widestQuarterHole : (tree) => tree.widestHole,
  }
}

/** The first start at or after `from`, in steps from the anchor, whose slot ends by `to`. */
const firstIn = ({ anchor, step, duration }: Search, from: number, to: number): number | undefined => {
  const start = anchor + Math.ceil((from - anchor) / step) * step
  return start + duration <= to ? start : undefined
}

/** The last start whose slot lies in [from, to), in steps from the anchor. */
const lastIn = ({ anchor, step, duration }: Search, from: number, to: number): number | undefined => {
  const start = anchor + Math.floor((to - duration - anchor) / step) * step
  return start >= from ? start : undefined
}

/** Looks through the holes that end at a booking of the subtree and after `from`; `before` is where the hole before the subtree begins. */
const laterIn = (tree: BookingTree | undefined, before: number, from: number, search: Search): number | undefined => {
  if (!tree || tree.lastEnd <= from) return undefined
  const ahead = Math.max(before, from)
  if (search.widest(tree) < search.duration && search.width(ahead, tree.firstStart) < search.duration) return undefined
  return (
    laterIn(tree.left, before, from, search) ??
    firstIn(search, Math.max(tree.left?.lastEnd ?? before, from), tree.start) ??
    laterIn(tree.right, tree.end, from, search)
  )
}

/** The mirror image: holes that begin at a booking of the subtree and before `to`; `after` is where the hole after the subtree ends. */
const earlierIn = (tree: BookingTree | undefined, after: number, to: number, search: Search): number | undefined => {
  if (!tree || tree.firstStart >= to) return undefined
  const behind = Math.min(after, to)
  if (search.widest(tree) < search.duration && search.width(tree.lastEnd, behind) < search.duration) return undefined
  return (
    earlierIn(tree.right, after, to, search) ??
    lastIn(search, tree.end, Math.min(tree.right?.firstStart ?? after, to)) ??
    earlierIn(tree.left, tree.start, to, search)
  )
}

const nearestLater = (tree: BookingTree | undefined, search: Search): number | undefined => {
  const from = Math.max(search.anchor, search.notBefore)
  const start = laterIn(tree, -Infinity, from, search) ?? firstIn(search, Math.max(tree?.lastEnd ?? from, from), Infinity)
  return start !== undefined && start + search.duration <= search.notAfter ? start : undefined
}

const nearestEarlier = (tree: BookingTree | undefined, search: Search): number | undefined => {
  const to = Math.min(search.anchor + search.duration, search.notAfter)
  const start = earlierIn(tree, Infinity, to, search) ?? lastIn(search, -Infinity, Math.min(tree?.firstStart ?? to, to))
  return start !== undefined && start >= search.notBefore ? start : undefined
}

/**
 * Algorithm 1 of the EVCMS paper (section 3.2.2) without its scan: is the asked slot free, and if
 * not, which is the nearest in steps? O(log n) for starts on whole quarters of an hour, whatever
 * the bookings; for others, one check more for each hole that fits the duration but no step in it.
 */
export const nearestFree = (index: BookingIndex, wish: SlotWish): NearestFree => {
  const { start, durationMs, notBefore = -Infinity, notAfter = Infinity } = wish
  if (!(durationMs > 0)) return { available: false, start: undefined }
  const end = (start + durationMs) as EpochMs
  if (start >= notBefore && end <= notAfter && isFree(index, { start, end })) return { available: true, start }
  const search = searchOf(wish)
  const later = nearestLater(index.tree, search)
  const earlier = wish.direction === 'both' ? nearestEarlier(index.tree, search) : undefined
  const nearer = earlier !== undefined && (later === undefined || start - earlier < later - start) ? earlier : later
  return { available: false, start: nearer as EpochMs | undefined }
}
