import { type EpochMs, type WattHours, wattHours } from '@voltway/units'
import type { MeterPoint } from '../tariffs/cost.ts'
import type { CleanPoint } from './clean-register.ts'

/** Reads a clean register at ascending instants: what it showed, else even spreading between its readings, to the mWh. */
const readerOf = (points: readonly CleanPoint[]) => {
  let next = 0
  return (at: EpochMs): WattHours => {
    while (next < points.length && points[next]!.at <= at) next++
    const [before, after] = [points[next - 1], points[next]]
    if (!before) return wattHours(0)
    if (!after || before.at === at) return before.wh
    const share = (at - before.at) / (after.at - before.at)
    return wattHours(Math.round((before.wh + (after.wh - before.wh) * share) * 1_000) / 1_000)
  }
}

/** Import and export on one time line, the first point at zero. */
export const meterPoints = (imported: readonly CleanPoint[], exported: readonly CleanPoint[]): readonly MeterPoint[] => {
  if (exported.length === 0) return imported.map(({ at, wh }) => ({ at, importWh: wh, exportWh: wattHours(0) }))
  const times = [...new Set([...imported, ...exported].map(({ at }) => at))].sort((a, b) => a - b)
  const [importAt, exportAt] = [readerOf(imported), readerOf(exported)]
  const merged = times.map((at) => ({ at, importWh: importAt(at), exportWh: exportAt(at) }))
  const first = merged[0]
  return first && first.importWh + first.exportWh > 0
    ? [{ at: first.at, importWh: wattHours(0), exportWh: wattHours(0) }, ...merged]
    : merged
}
