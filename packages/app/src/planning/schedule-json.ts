import type { SetPointSchedule } from '@voltway/domain/planning/steering'
import { type EpochMs, watts } from '@voltway/units'

interface StoredPeriod {
  readonly startSeconds: number
  readonly limitW: number
}

/** A schedule's periods as they are kept and sent. */
export const periodsToJson = ({ periods }: SetPointSchedule): readonly StoredPeriod[] =>
  periods.map(({ startSeconds, power }) => ({ startSeconds, limitW: power }))

const isPeriod = (json: unknown): json is StoredPeriod =>
  typeof json === 'object' && json !== null && 'startSeconds' in json && 'limitW' in json && typeof json.limitW === 'number'

/** Kept periods as a schedule again. */
export const scheduleFrom = (
  start: EpochMs,
  { periods, exactUntil }: { readonly periods: unknown; readonly exactUntil: EpochMs },
): SetPointSchedule => ({
  start,
  periods: (Array.isArray(periods) ? periods : [])
    .filter(isPeriod)
    .map(({ startSeconds, limitW }) => ({ startSeconds, power: watts(limitW) })),
  exactUntil,
})
