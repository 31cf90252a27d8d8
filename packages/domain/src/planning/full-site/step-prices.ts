import type { Ascent } from './ascent.ts'
import { type FullModel, THREE } from './full-model.ts'
import { rowOf } from './price-tables.ts'

/** A price that keeps going one way takes longer steps, one that turns back shorter ones. */
const LONGER = 1.05
const LONGEST = 10
const SHORTER = 0.5
const SHORTEST = 0.2

interface Held {
  readonly load: number
  readonly most: number
  readonly least: number
}

const signOf = (price: number, { load, most, least }: Held): number => {
  if (price > 0 || load > most) return Math.sign(load - most)
  return price < 0 || load < least ? Math.sign(load - least) : 0
}

/**
 * The step of a price against its limit: it rises while the limit is passed, and falls back to nothing, no further, when it is
 * not; the other way round where giving back is limited.
 */
const towards = (price: number, step: number, at: Held & { readonly trends: Float64Array; readonly row: number }): number => {
  const { load, most, least, trends, row } = at
  const sign = signOf(price, at)
  if (sign === 0) {
    trends[row] = 0
    return price === 0 ? 0 : price
  }
  const last = trends[row]!
  const length = Math.sign(last) === sign ? Math.min(LONGEST, Math.abs(last) * LONGER) : Math.max(SHORTEST, (Math.abs(last) || 1) * SHORTER)
  trends[row] = sign * (last === 0 ? 1 : length)
  const own = step * Math.abs(trends[row]!)
  const over = price + own * (load - most)
  if (over > 0) return over
  const under = price + own * (load - least)
  return under < 0 ? under : 0
}

/** A share that has become nothing could not grow again. */
const LEAST_SHARE = 1e-5

/**
 * The demand charge is shared out among the slots: shares grow with the load they stand at (multiplicative weights), and what is
 * spare stands at the peak that is free.
 */
const stepPeak = (
  { demand, peakFree }: FullModel,
  peak: Float64Array,
  at: { readonly grid: Float64Array; readonly rate: number },
): void => {
  if (demand === 0) return
  const { grid, rate } = at
  let [used, top] = [0, peakFree]
  for (let slot = 0; slot < peak.length; slot++) {
    used += peak[slot]!
    top = Math.max(top, grid[slot]!)
  }
  const weight = (share: number, watts: number) => Math.max(share, demand * LEAST_SHARE) * Math.exp(rate * (watts - top))
  let sum = weight(demand - used, peakFree)
  for (let slot = 0; slot < peak.length; slot++) {
    peak[slot] = weight(peak[slot]!, grid[slot]!)
    sum += peak[slot]!
  }
  for (let slot = 0; slot < peak.length; slot++) peak[slot]! *= demand / sum
}

const totalAt = (load: Float64Array, row: number, slots: number): number =>
  load[row]! + load[row + slots]! + load[row + 2 * slots]! + load[row + 3 * slots]!

const stepSite = ({ model, parts, trends, mean }: Ascent, rate: number, peakRate: number): void => {
  const { slots, base, imported, fedIn, siteMost, siteLeast } = model
  const grid = new Float64Array(slots)
  for (let slot = 0; slot < slots; slot++) {
    const load = totalAt(mean, slot, slots)
    grid[slot] = base[slot]! + load
    const moved = parts.market[slot]! + rate * grid[slot]!
    parts.market[slot] = Math.min(imported[slot]!, Math.max(fedIn[slot]!, moved))
    const held = { load, most: siteMost[slot]!, least: siteLeast[slot]!, trends: trends.limit, row: slot }
    parts.limit[slot] = towards(parts.limit[slot]!, rate, held)
  }
  stepPeak(model, parts.peak, { grid, rate: peakRate })
}

const stepPhases = ({ model, parts, trends, mean }: Ascent, node: number, rate: number): void => {
  const { slots, phaseMost, phaseLeast } = model
  for (let phase = 0; phase < 3; phase++)
    for (let slot = 0; slot < slots; slot++) {
      const row = (node * 3 + phase) * slots + slot
      const load = mean[rowOf(node, phase, slots) + slot]! + mean[rowOf(node, THREE, slots) + slot]! / 3
      const held = { load, most: phaseMost[row]!, least: phaseLeast[row]!, trends: trends.phase, row }
      parts.phase[row] = towards(parts.phase[row]!, 3 * rate, held)
    }
}

/** The greatest limit of a node, which says how much of its load is much. */
export const scalesOf = ({ parent, slots, nodeLimit }: FullModel): Float64Array =>
  Float64Array.from(parent, (_, node) =>
    nodeLimit.subarray(node * slots, (node + 1) * slots).reduce((most, limit) => Math.max(most, limit), 1),
  )

/**
 * One step of all prices by the running mean of loads.
 * @param step micros per kWh for a load that passes a limit by as much as the limit itself
 */
export const stepPrices = (
  ascent: Ascent,
  step: number,
  { scales, peakStep }: { readonly scales: Float64Array; readonly peakStep: number },
): void => {
  const { model, parts, trends, mean } = ascent
  const { slots, parent, hasPhases, nodeLimit } = model
  stepSite(ascent, step / scales[0]!, peakStep / scales[0]!)
  for (let node = 0; node < parent.length; node++) {
    const rate = step / scales[node]!
    for (let slot = 0; slot < slots && node > 0; slot++) {
      const row = node * slots + slot
      const most = nodeLimit[row]!
      const held = { load: totalAt(mean, rowOf(node, 0, slots) + slot, slots), most, least: -most, trends: trends.node, row }
      parts.node[row] = towards(parts.node[row]!, rate, held)
    }
    if (hasPhases[node]) stepPhases(ascent, node, rate)
  }
}
