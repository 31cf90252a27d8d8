import type { ChargingProfile } from '@voltway/vehicle'

/** The power of a profile at a moment, in W; its last entry has no end. */
export const powerAt = ({ entries }: ChargingProfile, seconds: number): number =>
  entries.findLast(({ start }) => start <= seconds)?.power ?? 0

/** What a car wants, in W, no more of it than it said it would take, or give where that is negative. */
export const withinChoice = (wanted: number, chosen: number): number =>
  chosen < 0 ? Math.max(Math.min(wanted, 0), chosen) : Math.min(wanted, chosen)
