import { type EpochMs, epochMs, MINUTE, wattHours } from '@voltway/units'
import fc from 'fast-check'
import type { MeterPoint, Usage } from '../cost.ts'

/** Whole mWh per ms, so that a reading put in at any millisecond is exact: 1 is 3.6 kW. */
export interface Stretch {
  readonly ms: number
  readonly importRate: number
  readonly exportRate: number
}

export const pointsOf = (from: EpochMs, stretches: readonly Stretch[]): readonly MeterPoint[] => {
  const points: MeterPoint[] = [{ at: from, importWh: wattHours(1_000), exportWh: wattHours(0) }]
  let [at, imported, exported] = [from as number, 1_000_000, 0]
  for (const { ms, importRate, exportRate } of stretches) {
    at += ms
    imported += ms * importRate
    exported += ms * exportRate
    points.push({ at: epochMs(at), importWh: wattHours(imported / 1_000), exportWh: wattHours(exported / 1_000) })
  }
  return points
}

/** The reading that the spreading rule implies at an instant between the first and the last. */
export const pointAt = (points: readonly MeterPoint[], at: EpochMs): MeterPoint => {
  const after = points.findIndex((point) => point.at >= at)
  if (after <= 0) return points[after === 0 ? 0 : points.length - 1]!
  const [a, b] = [points[after - 1]!, points[after]!]
  const spread = (from: number, to: number) => {
    const rise = Math.round(to * 1_000) - Math.round(from * 1_000)
    return wattHours((Math.round(from * 1_000) + (rise / (b.at - a.at)) * (at - a.at)) / 1_000)
  }
  return { at, importWh: spread(a.importWh, b.importWh), exportWh: spread(a.exportWh, b.exportWh) }
}

const stretch = fc.record({
  ms: fc.integer({ min: 1, max: 400 * MINUTE }),
  importRate: fc.integer({ min: 0, max: 40 }),
  exportRate: fc.constantFrom(0, 0, 0, 2),
})

/** Sessions of up to some days in 2020 to 2040, with idle time after charging. */
export const arbitraryUsage: fc.Arbitrary<Usage> = fc
  .tuple(
    fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) }),
    fc.array(stretch, { minLength: 1, maxLength: 6 }),
    fc.integer({ min: 0, max: 600 * MINUTE }),
  )
  .map(([start, stretches, idleMs]) => {
    const points = pointsOf(epochMs(start), stretches)
    const chargingEndedAt = points.at(-1)!.at
    const disconnectedAt = epochMs(chargingEndedAt + idleMs)
    return { startedAt: epochMs(start), chargingEndedAt, disconnectedAt, asOf: disconnectedAt, points }
  })
