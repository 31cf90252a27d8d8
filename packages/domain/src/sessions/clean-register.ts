import { type EpochMs, HOUR, type WattHours, wattHours } from '@voltway/units'
import type { SuspectReason } from './suspect-reason.ts'

export interface Reading {
  readonly at: EpochMs
  readonly wh: number
  /** From the transaction's own start and stop, or sampled on the way. */
  readonly source: 'start' | 'sample' | 'end'
}
export interface CleanPoint {
  readonly at: EpochMs
  /** Energy since the first reading. */
  readonly wh: WattHours
}
export interface CleanRegister {
  /** Sorted by time, never falling, the first at zero. */
  readonly points: readonly CleanPoint[]
  readonly reasons: readonly SuspectReason[]
  /** The samples counted from zero while start and stop gave the meter's lifetime. */
  readonly samplesPerSession: boolean
}

const SOURCE = { start: 0, sample: 1, end: 2 } as const
const ROLLOVERS = [2 ** 31, 2 ** 32] as const
/** Registers are sent rounded in one message and not in another. */
const ROUNDING_WH = 1
/** No charger gives more; jumps beyond it are not energy. */
const MOST_POWER_W = 4_000_000
const SLACK_WH = 1_000
/** Another unit is believed only where it gives an everyday power. */
const EVERYDAY_POWER_W = 400_000

/** Samples of the session's own counter are raised to the lifetime register at the start, where that fits the stop. */
const onOneCounter = (readings: readonly Reading[]): { readonly readings: readonly Reading[]; readonly raised: boolean } => {
  const start = readings.find(({ source }) => source === 'start')
  const samples = readings.filter(({ source }) => source === 'sample')
  const end = readings.findLast(({ source }) => source === 'end')
  if (!start || samples.length === 0 || samples.some(({ wh }) => wh < 0 || wh >= start.wh)) return { readings, raised: false }
  const rising = samples.every(({ wh }, index) => index === 0 || wh >= samples[index - 1]!.wh - ROUNDING_WH)
  const most = start.wh + samples.at(-1)!.wh
  // 1 % lets a stop register that was read a moment before the last sample pass.
  const fits = end === undefined || (end.wh >= start.wh && most <= end.wh + Math.max(ROUNDING_WH, (end.wh - start.wh) / 100))
  // A counter that merely began again would not start near zero.
  if (!rising || !fits || samples[0]!.wh > start.wh / 2) return { readings, raised: false }
  return {
    readings: readings.map((reading) => (reading.source === 'sample' ? { ...reading, wh: reading.wh + start.wh } : reading)),
    raised: true,
  }
}

interface Step {
  /** What the register would show in Wh had it neither rolled over nor changed its unit. */
  readonly wh: number
  readonly reason: SuspectReason | undefined
}

const stepOf = (before: number, wh: number, ms: number): Step => {
  const fits = (value: number, power = MOST_POWER_W) =>
    value >= before - ROUNDING_WH && value - before <= (power * ms * 1.05) / HOUR + SLACK_WH
  if (fits(wh)) return { wh, reason: undefined }
  for (const size of ROLLOVERS) if (wh < before && fits(wh + size)) return { wh: wh + size, reason: 'registerRolledOver' }
  if (wh > 0 && wh < before && fits(wh * 1_000, EVERYDAY_POWER_W)) return { wh: wh * 1_000, reason: 'unitMix' }
  if (before > 0 && wh > before && fits(wh / 1_000, EVERYDAY_POWER_W)) return { wh: Math.round(wh / 1_000), reason: 'unitMix' }
  return { wh, reason: wh < 0 ? 'negativeRegister' : wh < before ? 'registerFell' : 'registerJumped' }
}

/**
 * Makes energy since the start out of a meter's readings in any order. A reading that cannot follow the one before it gives a
 * reason to hold the session; one that fell adds nothing, so that energy is never negative.
 */
export const cleanRegister = (unsorted: readonly Reading[]): CleanRegister => {
  const sorted = unsorted
    .filter(({ wh }) => Number.isFinite(wh))
    .sort((a, b) => a.at - b.at || SOURCE[a.source] - SOURCE[b.source] || a.wh - b.wh)
  const { readings, raised } = onOneCounter(sorted)
  const reasons = new Set<SuspectReason>()
  const points: CleanPoint[] = []
  let [first, before] = [0, 0]
  for (const { at, wh } of readings) {
    if (points.length === 0) {
      if (wh < 0) reasons.add('negativeRegister')
      first = before = wh
      points.push({ at, wh: wattHours(0) })
      continue
    }
    const last = points.at(-1)!
    const step = stepOf(before, wh, at - last.at)
    if (step.reason) reasons.add(step.reason)
    // What fell is left out; the next reading is compared with the last good one.
    if (step.wh < before) continue
    before = step.wh
    const energy = wattHours(Math.round((before - first) * 1_000) / 1_000)
    if (at > last.at || energy > last.wh) points.push({ at, wh: energy })
  }
  return { points, reasons: [...reasons].sort(), samplesPerSession: raised }
}
