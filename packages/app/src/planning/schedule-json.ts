import type { SetPointSchedule } from '@voltway/domain/planning/steering'
import { type EpochMs, epochMs, SECOND, watts } from '@voltway/units'

interface StoredPeriod {
  readonly startSeconds: number
  readonly limitW: number
  /** Where they are switched. */
  readonly phases?: 1 | 3
  /** Of the first, how long before the start its EVSE was switched last; it may be the start itself. */
  readonly switchedBeforeSeconds?: number
}

/** A schedule's periods as they are kept. */
export const periodsToJson = ({ start, periods, switchedAt }: SetPointSchedule): readonly StoredPeriod[] =>
  periods.map(({ startSeconds, power, phases }, index) => ({
    startSeconds,
    limitW: power,
    ...(phases && { phases }),
    ...(index === 0 && switchedAt !== undefined && { switchedBeforeSeconds: Math.floor((start - switchedAt) / SECOND) }),
  }))

const isPeriod = (json: unknown): json is StoredPeriod =>
  typeof json === 'object' && json !== null && 'startSeconds' in json && 'limitW' in json && typeof json.limitW === 'number'

/** Kept periods as a schedule again. */
export const scheduleFrom = (
  start: EpochMs,
  { periods, exactUntil }: { readonly periods: unknown; readonly exactUntil: EpochMs },
): SetPointSchedule => {
  const kept = (Array.isArray(periods) ? periods : []).filter(isPeriod)
  const before = kept[0]?.switchedBeforeSeconds
  return {
    start,
    periods: kept.map(({ startSeconds, limitW, phases }) => ({ startSeconds, power: watts(limitW), ...(phases && { phases }) })),
    exactUntil,
    ...(before !== undefined && { switchedAt: epochMs(start - before * SECOND) }),
  }
}
