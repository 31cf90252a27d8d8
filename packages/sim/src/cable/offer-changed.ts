import type { ScheduleOffer } from '@voltway/vehicle'
import { dearnessAt } from './dearness-at.ts'

/** Smaller differences in power are not worth a negotiation. */
const STEP_W = 50
/** Both offers count whole seconds from their own beginning: beside an edge they may differ by one. */
const BESIDE_SECONDS = 2

const powerAt = ({ power }: ScheduleOffer, at: number): number => power.findLast(({ start }) => start <= at)?.maxPower ?? 0

/** Which hours are dearer than which: what a level is called does not matter. */
const ranked = (levels: readonly (number | undefined)[]): readonly number[] => {
  const order = [...new Set(levels)].sort((a = 0, b = 0) => a - b)
  return levels.map((level) => order.indexOf(level))
}

export interface Looked {
  /** How old the former offer is. */
  readonly ageSeconds: number
  /** What differs for less time is over before a car could have negotiated for it. */
  readonly leastSeconds: number
}

/** Whether what a station can offer now differs from what it offered a while ago, in a way that a car would care about. */
export const offerChanged = (old: ScheduleOffer, now: ScheduleOffer, { ageSeconds, leastSeconds }: Looked): boolean => {
  const starts = [...now.power, ...(now.prices?.entries ?? [])].map(({ start }) => start as number)
  const oldStarts = [...old.power, ...(old.prices?.entries ?? [])].map(({ start }) => start - ageSeconds)
  const edges = [...new Set([0, ...starts, ...oldStarts])].filter((at) => at >= 0).sort((a, b) => a - b)
  const moments = edges.map((at) => at + BESIDE_SECONDS)
  const [before, after] = [ranked(moments.map((at) => dearnessAt(old, at + ageSeconds))), ranked(moments.map((at) => dearnessAt(now, at)))]
  let differsFrom: number | undefined
  for (const [index, at] of moments.entries()) {
    const differs = Math.abs(powerAt(old, at + ageSeconds) - powerAt(now, at)) > STEP_W || before[index] !== after[index]
    if (!differs) differsFrom = undefined
    else {
      differsFrom ??= edges[index]!
      if ((edges[index + 1] ?? Number.POSITIVE_INFINITY) - differsFrom >= leastSeconds) return true
    }
  }
  return false
}
