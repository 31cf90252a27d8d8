import { DAY, type EpochMs, epochMs } from '@voltway/units'
import { timeOfDay } from './applies-at.ts'
import type { Tariff, TariffRestriction } from './tariff.ts'
import { zoneSpans } from './zone-spans.ts'

/** Every restriction that can make a price of this tariff, or its peak status, change with time. */
const restrictionsOf = (tariff: Tariff): readonly TariffRestriction[] =>
  [...(tariff.kind === 'evcms' ? tariff.peakWindows : tariff.elements.map(({ when }) => when)), tariff.idle?.when].filter(
    (when) => when !== undefined,
  )

const timesOf = (restrictions: readonly TariffRestriction[]): ReadonlySet<number> => {
  const times = new Set<number>()
  for (const { startTime, endTime, weekdays, seasonStart, seasonEnd } of restrictions) {
    times.add(startTime === undefined ? 0 : timeOfDay(startTime))
    times.add(endTime === undefined ? 0 : timeOfDay(endTime) % DAY)
    if (weekdays || seasonStart !== undefined || seasonEnd !== undefined) times.add(0)
  }
  return times
}

/**
 * The instants in (from, to) at which a price of the tariff may change: times of day and midnights on
 * the site's wall clock, changes of its offset, and edges of bands. Ascending, each once; it may name an
 * instant at which nothing changes, and never misses one at which something does.
 */
export const boundaries = (tariff: Tariff, from: EpochMs, to: EpochMs): readonly EpochMs[] => {
  const cuts = new Set<number>()
  const cut = (at: number) => {
    if (from < at && at < to) cuts.add(at)
  }
  const times = timesOf(restrictionsOf(tariff))
  if (times.size > 0) {
    // Inside a stretch of one offset the wall clock is a plain sum, so each cut is exact through any change of clocks.
    for (const span of zoneSpans(tariff.timeZone, from, to)) {
      cut(span.from)
      const [first, end] = [Math.max(from, span.from), Math.min(to, span.to)]
      for (let day = Math.floor((first + span.offsetMs) / DAY); day * DAY - span.offsetMs < end; day++) {
        for (const time of times) {
          const at = day * DAY + time - span.offsetMs
          if (first <= at && at < end) cut(at)
        }
      }
    }
  }
  if (tariff.kind === 'elements') {
    for (const band of tariff.bands ?? []) {
      cut(band.from)
      cut(band.to)
    }
  }
  return [...cuts].sort((a, b) => a - b).map(epochMs)
}
