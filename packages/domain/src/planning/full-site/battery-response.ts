import type { ModelBattery } from './full-model.ts'

/** What one battery may do in the slots of a window, at the car's prices. */
export interface BatteryTask {
  readonly battery: ModelBattery
  readonly shortfallPrice: number
  /** Price of a kWh by slot, from `from` on. */
  readonly price: Float64Array
  readonly from: number
  readonly slots: number
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
}

export const batteryScratch = (slots: number): BatteryScratch => {
  const width = 2 * slots + 4
  return {
    slopes: new Float64Array(width * (slots + 1)),
    lengths: new Float64Array(width * (slots + 1)),
    counts: new Int32Array(slots + 1),
    froms: new Float64Array(slots + 1),
    width,
  }
}

const HAIR = 1e-9

/** Two more pieces, the first of lower slope. */
interface Added {
  slope: number
  length: number
  nextSlope: number
  nextLength: number
}

/** Copies a function to the slot before, with two more pieces put in their places by slope. */
const merge = ({ slopes, lengths, counts, width }: BatteryScratch, slot: number, added: Added): void => {
  const [source, target, end] = [(slot + 1) * width, slot * width, counts[slot + 1]!]
  let [count, at] = [0, 0]
  for (; at < end && slopes[source + at]! <= added.slope; at++, count++) {
    slopes[target + count] = slopes[source + at]!
    lengths[target + count] = lengths[source + at]!
  }
  slopes[target + count] = added.slope
  lengths[target + count++] = added.length
  for (; at < end && slopes[source + at]! <= added.nextSlope; at++, count++) {
    slopes[target + count] = slopes[source + at]!
    lengths[target + count] = lengths[source + at]!
  }
  slopes[target + count] = added.nextSlope
  lengths[target + count++] = added.nextLength
  for (; at < end; at++, count++) {
    slopes[target + count] = slopes[source + at]!
    lengths[target + count] = lengths[source + at]!
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

/** The cost to go before each slot, backwards: a convex function of what is stored. */
const lookAhead = ({ battery, shortfallPrice, price, from, slots, mostIn, mostOut }: BatteryTask, scratch: BatteryScratch): void => {
  const { slopes, lengths, counts, froms, width } = scratch
  const { least, most, due, into, out, wear } = battery
  slopes[slots * width] = -shortfallPrice
  slopes[slots * width + 1] = 0
  lengths[slots * width] = due - least
  lengths[slots * width + 1] = most - due
  const added: Added = { slope: 0, length: 0, nextSlope: 0, nextLength: 0 }
  counts[slots] = 2
  froms[slots] = least
  for (let slot = slots - 1; slot >= 0; slot--) {
    const charging = price[from + slot]! / into
    const giving = Math.min(charging, (price[from + slot]! - wear) / out)
    const [up, down] = [mostIn[slot]! * into, mostOut[slot]! * out]
    added.slope = -charging
    added.length = up
    added.nextSlope = -giving
    added.nextLength = down
    merge(scratch, slot, added)
    let total = 0
    for (let at = 0; at < counts[slot]!; at++) total += lengths[slot * width + at]!
    const begin = froms[slot + 1]! - up
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
  const { into, out, wear, due, least, most } = task.battery
  let { stored } = task.battery
  for (let slot = 0; slot < task.slots; slot++) {
    const own = task.price[task.from + slot]!
    const [charging, giving] = [own / into, (own - wear) / out]
    // Between the two worths the battery rests: charge up to one level, give down to the other.
    const up = reachUp(scratch, slot + 1, { stored, worth: -charging })
    let watts = 0
    if (up > HAIR) watts = Math.min(task.mostIn[slot]!, up / into, (most - stored) / into)
    else if (giving < charging) {
      const keep = reachUp(scratch, slot + 1, { stored: scratch.froms[slot + 1]!, worth: -giving })
      const down = stored - scratch.froms[slot + 1]! - keep
      if (down > HAIR) watts = -Math.min(task.mostOut[slot]!, down / out, (stored - least) / out)
    }
    const done = choose(slot, watts, stored)
    stored += done > 0 ? done * into : done * out
  }
  return Math.max(0, due - stored)
}
