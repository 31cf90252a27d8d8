import { isPeak } from '@voltway/domain/tariffs'
import { epochMs, MINUTE, wallClock } from '@voltway/units'
import { caseOf } from './evcms-systems.ts'
import type { Answered } from './run-bookings.ts'
import type { System } from './summary.ts'

/** 24 figures, one for each hour of the day on the site's wall clock; undefined where there is nothing to average. */
export type ByHour = readonly (number | undefined)[]

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)
const hourOf = (answer: Answered, at: number) => wallClock(epochMs(at), answer.booking.tariff.timeZone).hour
const zeros = () => HOURS.map(() => 0)

/** Mean of a value of one case's requests, by the asked hour. */
export const meanByHour = (
  answers: readonly Answered[],
  number: 1 | 2 | 3 | 4,
  value: (answer: Answered) => number | undefined,
): ByHour => {
  const [sums, counts] = [zeros(), zeros()]
  for (const answer of answers) {
    const found = caseOf(answer.status) === number ? value(answer) : undefined
    if (found === undefined) continue
    const hour = hourOf(answer, answer.booking.wish.arrival)
    sums[hour]! += found
    counts[hour]! += 1
  }
  return HOURS.map((hour) => (counts[hour] ? sums[hour]! / counts[hour]! : undefined))
}

/** What a demand is split into: all of it, or its parts in and out of peak windows. */
export interface Demand {
  readonly all: readonly number[]
  readonly onPeak: readonly number[]
}

/** Bookings by the hour in which they start. */
export const startsByHour = (answers: readonly Answered[], system: System): Demand => {
  const [all, onPeak] = [zeros(), zeros()]
  for (const answer of answers) {
    const start = answer[system]?.start
    if (start === undefined) continue
    const hour = hourOf(answer, start)
    all[hour]! += 1
    if (isPeak(answer.booking.tariff, start)) onPeak[hour]! += 1
  }
  return { all, onPeak }
}

/** Energy in kWh by the hour in which it flows, looked at in quarters of an hour. */
export const energyByHour = (answers: readonly Answered[], system: System): Demand => {
  const [all, onPeak] = [zeros(), zeros()]
  for (const answer of answers)
    for (const { from, to, power } of answer[system]?.curve ?? [])
      for (let at: number = from; at < to; ) {
        const next = Math.min(to, (Math.floor(at / (15 * MINUTE)) + 1) * 15 * MINUTE)
        const kWh = (power * (next - at)) / 3.6e9
        const hour = hourOf(answer, at)
        all[hour]! += kWh
        if (isPeak(answer.booking.tariff, epochMs(at))) onPeak[hour]! += kWh
        at = next
      }
  return { all, onPeak }
}
