import { type EpochMs, epochMs } from '@voltway/units'
import type { ChargingProfile } from '@voltway/vehicle'

/** The power of a profile at a moment, in W; its last entry has no end. */
export const powerAt = ({ entries }: ChargingProfile, seconds: number): number =>
  entries.findLast(({ start }) => start <= seconds)?.power ?? 0

/** When a profile that was chosen at a moment and draws nothing now begins to; undefined where it draws now, or will not any more. */
export const startAfter = (
  { chosen, at }: { readonly chosen: ChargingProfile; readonly at: EpochMs },
  now: EpochMs,
): EpochMs | undefined => {
  const seconds = (now - at) / 1_000
  if (powerAt(chosen, seconds) !== 0) return undefined
  const next = chosen.entries.find(({ start, power }) => start > seconds && power !== 0)
  return next && epochMs(at + next.start * 1_000)
}

/** What a car wants, in W, no more of it than it said it would take, or give where that is negative. */
export const withinChoice = (wanted: number, chosen: number): number =>
  chosen < 0 ? Math.max(Math.min(wanted, 0), chosen) : Math.min(wanted, chosen)
