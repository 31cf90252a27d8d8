import type { SessionProfile } from '@voltway/store'
import { type EpochMs, epochMs, SECOND } from '@voltway/units'
import { scheduleFrom } from './schedule-json.ts'

/** Power that a station was told, over [from, to). */
export interface PlannedStep {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly powerW: number
}

/** Of a profile, what says when it allowed what. */
export type PlannedProfile = Pick<SessionProfile, 'startsAt' | 'exactUntil' | 'schedule' | 'sentAt' | 'endedAt' | 'status'>

/** One session's profiles as the power that it was allowed over time: each until the next one, the last as far as it was planned. */
export const plannedSteps = (profiles: readonly PlannedProfile[]): readonly PlannedStep[] => {
  const steps: PlannedStep[] = []
  for (const [index, profile] of profiles.entries()) {
    if (profile.status === 'cleared') continue
    const { start, periods, exactUntil } = scheduleFrom(profile.startsAt, { periods: profile.schedule, exactUntil: profile.exactUntil })
    const until = Math.min(profiles[index + 1]?.sentAt ?? exactUntil, profile.endedAt ?? Number.POSITIVE_INFINITY)
    for (const [place, { startSeconds, power }] of periods.entries()) {
      const next = periods[place + 1]
      const from = Math.max(profile.sentAt, start + startSeconds * SECOND)
      const to = Math.min(until, next === undefined ? Number.POSITIVE_INFINITY : start + next.startSeconds * SECOND)
      if (to <= from) continue
      const last = steps.at(-1)
      if (last?.to === from && last.powerW === power) steps[steps.length - 1] = { ...last, to: epochMs(to) }
      else steps.push({ from: epochMs(from), to: epochMs(to), powerW: power })
    }
  }
  return steps
}

/** The sum of several over time from an instant on, equal neighbours as one: before it, others may have been told something that is not among them. */
export const totalSteps = (lists: readonly (readonly PlannedStep[])[], since: EpochMs): readonly PlannedStep[] => {
  const steps = lists.flat().flatMap((step) => (step.to > since ? { ...step, from: epochMs(Math.max(step.from, since)) } : []))
  const edges = [...new Set(steps.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  const total: PlannedStep[] = []
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1]
    if (to === undefined) break
    const powerW = steps.reduce((sum, step) => sum + (step.from <= from && step.to >= to ? step.powerW : 0), 0)
    const last = total.at(-1)
    if (last?.powerW === powerW && last.to === from) total[total.length - 1] = { ...last, to }
    else total.push({ from, to, powerW })
  }
  return total
}
