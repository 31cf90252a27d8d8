import type { EpochMs } from '@voltway/units'
import type { PowerStep } from './plan.ts'

/** How a station wants its limits. */
export interface ScheduleForm {
  readonly unit: 'W' | 'A'
  /** Between phase and neutral. */
  readonly volts: number
  /** Phases in use; 1 for DC. */
  readonly phases: 1 | 2 | 3
  /** Below this a car stops: 6 A on AC (IEC 61851-1). */
  readonly minAmperes?: number
  /** ChargingScheduleMaxPeriods (1.6) or PeriodsPerSchedule (2.x) of the station. */
  readonly maxPeriods?: number
}

/** One period of a charging schedule, as OCPP 1.6 and 2.x both have it. */
export interface SchedulePeriod {
  readonly startPeriodSeconds: number
  /** In the form's unit, to one decimal, as OCPP allows. */
  readonly limit: number
  /** How many phases may be used; with limits in A only. */
  readonly phases?: number
}

interface Period {
  readonly start: number
  readonly seconds: number
  readonly limit: number
}

const MIN_AMPERES = 6

/** The curve in whole seconds from the start, pauses as periods of 0. */
const periodsOf = (curve: readonly PowerStep[], start: EpochMs, limitOf: (power: number) => number): readonly Period[] => {
  const periods: Period[] = []
  const push = (from: number, to: number, limit: number) => {
    if (to <= from) return
    const last = periods.at(-1)
    if (last?.limit === limit) periods[periods.length - 1] = { ...last, seconds: to - last.start }
    else periods.push({ start: from, seconds: to - from, limit })
  }
  let clock = 0
  for (const step of curve) {
    // The last second is rounded up, so that no planned energy is cut off.
    const [from, to] = [Math.round((step.from - start) / 1_000), Math.ceil((step.to - start) / 1_000)]
    push(clock, from, 0)
    push(Math.max(clock, from), to, limitOf(step.power))
    clock = Math.max(clock, to)
  }
  return periods
}

/** Two periods as one with their energy; never above the larger, and never so low that the car would stop. */
const merged = (a: Period, b: Period, least: number): Period => {
  const seconds = a.seconds + b.seconds
  const average = Math.floor(((a.limit * a.seconds + b.limit * b.seconds) / seconds) * 10) / 10
  return { start: a.start, seconds, limit: a.limit === 0 && b.limit === 0 ? 0 : Math.max(average, least) }
}

/** Merges neighbours, those first that move the least energy, until no more than `most` periods are left. */
const fewer = (periods: readonly Period[], most: number, least: number): readonly Period[] => {
  let kept = periods
  while (kept.length > Math.max(1, most)) {
    const moved = (index: number) => {
      const [a, b] = [kept[index]!, kept[index + 1]!]
      return (Math.abs(a.limit - b.limit) * a.seconds * b.seconds) / (a.seconds + b.seconds)
    }
    let cheapest = 0
    for (let index = 1; index + 1 < kept.length; index++) if (moved(index) < moved(cheapest)) cheapest = index
    kept = kept.toSpliced(cheapest, 2, merged(kept[cheapest]!, kept[cheapest + 1]!, least))
  }
  return kept
}

/**
 * A plan's curve as the periods of a charging schedule that starts with the plan: equal neighbours merged, pauses and what is
 * below the least current as 0, no more periods than the station takes. Limits are rounded down to one decimal, so that a
 * schedule never allows more than the plan, except that periods merged for `maxPeriods` never go below the least current.
 */
export const chargingSchedulePeriods = (curve: readonly PowerStep[], start: EpochMs, form: ScheduleForm): readonly SchedulePeriod[] => {
  const { unit, volts, phases, minAmperes = MIN_AMPERES, maxPeriods = Infinity } = form
  const perUnit = unit === 'A' ? volts * phases : 1
  const least = unit === 'A' ? minAmperes : minAmperes * volts * phases
  const limitOf = (power: number) => {
    const limit = Math.floor((power / perUnit) * 10 + 1e-9) / 10
    return limit < least ? 0 : limit
  }
  return fewer(periodsOf(curve, start, limitOf), maxPeriods, least).map(({ start: startPeriodSeconds, limit }) =>
    unit === 'A' ? { startPeriodSeconds, limit, phases } : { startPeriodSeconds, limit },
  )
}
