import { type EpochMs, epochMs } from '@voltway/units'
import { allowedAt, type LimitContext, startOf } from './allowed-at.ts'
import type { ChargingProfile } from './charging-profile.ts'

export interface CompositePeriod {
  readonly startSeconds: number
  /** In W. */
  readonly limitW: number
}
export interface CompositeRequest {
  readonly from: EpochMs
  readonly durationSeconds: number
  /** What the hardware can do: the limit where no profile speaks. */
  readonly maxPowerW: number
}

const DAY_MS = 86_400_000

/** What the station will do with all its profiles, as steps from `from` on; the first one starts at 0. */
export function compositeSchedule(
  profiles: readonly ChargingProfile[],
  context: LimitContext,
  { from, durationSeconds, maxPowerW }: CompositeRequest,
): readonly CompositePeriod[] {
  const to = epochMs(from + durationSeconds * 1000)
  const instants = [...new Set([from, ...profiles.flatMap((profile) => boundaries(profile, context, [from, to]))])].sort((a, b) => a - b)
  const periods: CompositePeriod[] = []
  for (const at of instants) {
    const limitW = Math.min(maxPowerW, allowedAt(profiles, at, context).limitW)
    if (periods.at(-1)?.limitW !== limitW) periods.push({ startSeconds: Math.round((at - from) / 1000), limitW })
  }
  return periods
}

/** The next instant at which the limit may change; undefined when it stays as it is for a day. */
export const nextBoundary = (profiles: readonly ChargingProfile[], context: LimitContext, at: EpochMs): EpochMs | undefined => {
  const later = profiles.flatMap((profile) => boundaries(profile, context, [epochMs(at + 1), epochMs(at + DAY_MS)]))
  return later.length === 0 ? undefined : epochMs(Math.min(...later))
}

/** All instants of [from, to) at which a profile's own limit may change. */
function boundaries(profile: ChargingProfile, context: LimitContext, [from, to]: readonly [EpochMs, EpochMs]): readonly EpochMs[] {
  const start = startOf(profile, context)
  if (start === undefined) return []
  const offsets = [
    0,
    ...profile.periods.map(({ startSeconds }) => startSeconds),
    ...(profile.durationSeconds === undefined ? [] : [profile.durationSeconds]),
  ]
  const cycleMs = profile.kind === 'daily' ? DAY_MS : profile.kind === 'weekly' ? 7 * DAY_MS : undefined
  const first = cycleMs === undefined ? start : start + Math.max(0, Math.floor((from - start) / cycleMs)) * cycleMs
  const found: number[] = [profile.validFrom, profile.validTo].filter((one) => one !== undefined)
  for (let origin = first; origin < to; origin += cycleMs ?? Number.POSITIVE_INFINITY)
    for (const offset of offsets) if (cycleMs === undefined || offset * 1000 <= cycleMs) found.push(origin + offset * 1000)
  return found.filter((at) => at >= from && at < to).map(epochMs)
}
