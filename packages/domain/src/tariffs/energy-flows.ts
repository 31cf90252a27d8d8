import { type EpochMs, type WattHours, wattHours } from '@voltway/units'
import type { MeterPoint, Usage } from './cost.ts'
import type { PriceSegment } from './price-segments.ts'

/** Energy that flowed inside one price segment: numerators in mWh over a common denominator. */
export interface EnergyFlow {
  readonly importMwh: bigint
  readonly exportMwh: bigint
  readonly denominator: bigint
}

/** Registers count to the milliwatt-hour; finer digits are noise of floating point. */
const rise = (before: WattHours, after: WattHours) => Math.max(0, Math.round(after * 1_000) - Math.round(before * 1_000))

interface Interval {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly importMwh: number
  readonly exportMwh: number
}

const intervalOf = (before: MeterPoint, after: MeterPoint): Interval => ({
  from: before.at,
  to: after.at,
  importMwh: rise(before.importWh, after.importWh),
  exportMwh: rise(before.exportWh, after.exportWh),
})

/**
 * Walks the energy of a usage up to `asOf` through price segments, which must cover it: each piece of an interval between
 * two readings carries its share by time, exactly. Calls `visit` in time order and answers the totals.
 */
export const energyFlows = (
  usage: Usage,
  segments: readonly PriceSegment[],
  visit: (flow: EnergyFlow, segment: PriceSegment) => void,
): { readonly importWh: WattHours; readonly exportWh: WattHours } => {
  let [importMwh, exportMwh, index] = [0, 0, 0]
  for (let point = 1; point < usage.points.length; point++) {
    const interval = intervalOf(usage.points[point - 1]!, usage.points[point]!)
    const end = Math.min(interval.to, usage.asOf)
    if (interval.from > end || (interval.from === end && interval.to > end)) break
    while (index + 1 < segments.length && segments[index]!.to <= interval.from) index++
    const length = interval.to - interval.from
    const share = length === 0 ? 1 : (end - interval.from) / length
    importMwh += interval.importMwh * share
    exportMwh += interval.exportMwh * share
    if (interval.importMwh === 0 && interval.exportMwh === 0) continue
    const [whole, given] = [BigInt(interval.importMwh), BigInt(interval.exportMwh)]
    if (end === interval.to && end <= segments[index]!.to) {
      visit({ importMwh: whole, exportMwh: given, denominator: 1n }, segments[index]!)
      continue
    }
    for (let at = interval.from as number; at < end; ) {
      const segment = segments[index]!
      const until = Math.min(segment.to, end)
      const part = BigInt(until - at)
      visit({ importMwh: whole * part, exportMwh: given * part, denominator: BigInt(length) }, segment)
      at = until
      if (at < end) index++
    }
  }
  return { importWh: wattHours(importMwh / 1_000), exportWh: wattHours(exportMwh / 1_000) }
}
