import type { ModelBattery } from './full-model.ts'

/** What one battery may do in the slots of a window, at the car's prices. */
export interface BatteryTask {
  readonly battery: ModelBattery
  readonly shortfallPrice: number
  /** Price of a kWh by slot, from `from` on: of what is above `turn`, and of what is below it. */
  readonly price: Float64Array
  readonly below: Float64Array
  readonly from: number
  readonly slots: number
  /** The W, negative when giving, at which the site turns from feeding in to import; by slot of the window. */
  readonly turn: Float64Array
  /** Most W to charge and to give, by slot of the window. */
  readonly mostIn: Float64Array
  readonly mostOut: Float64Array
}

/** Room for the cost to go after each slot of a window: pieces of rising slope. Made once, used for many cars. */
export interface BatteryScratch {
  readonly slopes: Float64Array
  readonly lengths: Float64Array
  readonly counts: Int32Array
  readonly froms: Float64Array
  readonly width: number
  readonly added: Added
}

export const batteryScratch = (slots: number): BatteryScratch => {
  const width = 3 * slots + 4
  return {
    slopes: new Float64Array(width * (slots + 1)),
    lengths: new Float64Array(width * (slots + 1)),
    counts: new Int32Array(slots + 1),
    froms: new Float64Array(slots + 1),
    width,
    added: { count: 0, slopes: new Float64Array(4), lengths: new Float64Array(4) },
  }
}

const HAIR = 1e-9

/** Pieces of one slot in the order of their slopes: charging above and below the turn, giving above and below it. */
interface Added {
  count: number
  readonly slopes: Float64Array
  readonly lengths: Float64Array
}

const add = (added: Added, slope: number, length: number): void => {
  if (length <= 0) return
  let at = added.count++
  for (; at > 0 && added.slopes[at - 1]! > slope; at--) {
    added.slopes[at] = added.slopes[at - 1]!
    added.lengths[at] = added.lengths[at - 1]!
  }
  added.slopes[at] = slope
  added.lengths[at] = length
}

/** Copies a function to the slot before, with the pieces of the slot put in their places by slope. */
const merge = ({ slopes, lengths, counts, width }: BatteryScratch, slot: number, added: Added): void => {
  const [source, target, end] = [(slot + 1) * width, slot * width, counts[slot + 1]!]
  let [count, at] = [0, 0]
  for (let next = 0; next <= added.count; next++) {
    const slope = next < added.count ? added.slopes[next]! : Number.POSITIVE_INFINITY
    for (; at < end && slopes[source + at]! <= slope; at++, count++) {
      slopes[target + count] = slopes[source + at]!
      lengths[target + count] = lengths[source + at]!
    }
    if (next === added.count) break
    slopes[target + count] = slope
    lengths[target + count++] = added.lengths[next]!
  }
  counts[slot] = count
}

/** Cuts `low` off at the beginning and `high` at the end of the pieces at a slot. */
const clip = (
  { slopes, lengths, counts, width }: BatteryScratch,
  slot: number,
  cut: { readonly low: number; readonly high: number },
): void => {
  const base = slot * width
  let { low, high } = cut
  let [first, last] = [0, counts[slot]!]
  while (low > HAIR && first < last) {
    const part = Math.min(low, lengths[base + first]!)
    low -= part
    lengths[base + first]! -= part
    if (lengths[base + first]! <= HAIR) first++
  }
  while (high > HAIR && first < last) {
    const part = Math.min(high, lengths[base + last - 1]!)
    high -= part
    lengths[base + last - 1]! -= part
    if (lengths[base + last - 1]! <= HAIR) last--
  }
  if (first > 0) {
    slopes.copyWithin(base, base + first, base + last)
    lengths.copyWithin(base, base + first, base + last)
  }
  counts[slot] = last - first
}

/** How much of a slot's charging is below the turn, and of its giving above it; in W. */
const splitIn = ({ turn, mostIn }: BatteryTask, slot: number): number => Math.max(0, Math.min(mostIn[slot]!, turn[slot]!))
const splitOut = ({ turn, mostOut }: BatteryTask, slot: number): number => Math.max(0, Math.min(mostOut[slot]!, -turn[slot]!))

/** The cost to go before each slot, backwards: a convex function of what is stored. */
const lookAhead = (task: BatteryTask, scratch: BatteryScratch): void => {
  const { battery, shortfallPrice, price, below, from, slots, mostIn, mostOut } = task
  const { slopes, lengths, counts, froms, width } = scratch
  const { least, most, due, into, out, wear } = battery
  slopes[slots * width] = -shortfallPrice
  slopes[slots * width + 1] = 0
  lengths[slots * width] = due - least
  lengths[slots * width + 1] = most - due
  counts[slots] = 2
  froms[slots] = least
  const { added } = scratch
  for (let slot = slots - 1; slot >= 0; slot--) {
    const [high, low] = [price[from + slot]!, below[from + slot]!]
    const [cheap, dear] = [splitIn(task, slot), splitOut(task, slot)]
    added.count = 0
    add(added, -high / into, (mostIn[slot]! - cheap) * into)
    add(added, -low / into, cheap * into)
    add(added, -Math.min(high / into, (high - wear) / out), dear * out)
    add(added, -Math.min(low / into, (low - wear) / out), (mostOut[slot]! - dear) * out)
    merge(scratch, slot, added)
    let total = 0
    for (let at = 0; at < counts[slot]!; at++) total += lengths[slot * width + at]!
    const begin = froms[slot + 1]! - mostIn[slot]! * into
    froms[slot] = Math.max(least, begin)
    clip(scratch, slot, { low: least - begin, high: begin + total - most })
  }
}

/** How far from `stored` it pays to go up after a slot: while the cost to go falls by more than `worth` for each unit. */
const reachUp = (
  { slopes, lengths, counts, froms, width }: BatteryScratch,
  slot: number,
  at: { readonly stored: number; readonly worth: number },
): number => {
  let end = froms[slot]!
  for (let piece = 0; piece < counts[slot]!; piece++) {
    if (slopes[slot * width + piece]! >= at.worth) break
    end += lengths[slot * width + piece]!
  }
  return Math.max(0, end - at.stored)
}

/** Best rise of what is stored in a slot: first at the price below the turn, then above it. */
const riseOf = (
  task: BatteryTask,
  scratch: BatteryScratch,
  { slot, stored }: { readonly slot: number; readonly stored: number },
): number => {
  const { price, below, from, mostIn, battery } = task
  const cheap = splitIn(task, slot) * battery.into
  const up = cheap > 0 ? Math.min(cheap, reachUp(scratch, slot + 1, { stored, worth: -below[from + slot]! / battery.into })) : 0
  if (up < cheap) return up
  return Math.max(
    up,
    Math.min(mostIn[slot]! * battery.into, reachUp(scratch, slot + 1, { stored, worth: -price[from + slot]! / battery.into })),
  )
}

/** Best fall of what is stored in a slot: what serves the building first, then what is fed in. */
const fallOf = (
  task: BatteryTask,
  scratch: BatteryScratch,
  { slot, stored }: { readonly slot: number; readonly stored: number },
): number => {
  const { price, below, from, mostOut, battery } = task
  const { into, out, wear } = battery
  const lowest = scratch.froms[slot + 1]!
  const down = (own: number) =>
    (own - wear) / out < own / into ? stored - lowest - reachUp(scratch, slot + 1, { stored: lowest, worth: -(own - wear) / out }) : 0
  const dear = splitOut(task, slot) * out
  const first = dear > 0 ? Math.min(dear, Math.max(0, down(price[from + slot]!))) : 0
  if (first < dear) return first
  return Math.max(first, Math.min(mostOut[slot]! * out, down(below[from + slot]!)))
}

/**
 * Follows the best course from what is stored on arrival, by the cost to go.
 * @param choose what is really done where so many W would be best (negative: giving back), for steps and whole W
 * @returns W over a slot that are lacking at departure
 */
export const batteryResponse = (
  task: BatteryTask,
  scratch: BatteryScratch,
  choose: (slot: number, watts: number, stored: number) => number,
): number => {
  lookAhead(task, scratch)
  const { into, out, due, least, most } = task.battery
  let { stored } = task.battery
  for (let slot = 0; slot < task.slots; slot++) {
    const up = riseOf(task, scratch, { slot, stored })
    let watts = 0
    if (up > HAIR) watts = Math.min(up / into, (most - stored) / into)
    else {
      const down = fallOf(task, scratch, { slot, stored })
      if (down > HAIR) watts = -Math.min(down / out, (stored - least) / out)
    }
    const done = choose(slot, watts, stored)
    stored += done > 0 ? done * into : done * out
  }
  return Math.max(0, due - stored)
}
