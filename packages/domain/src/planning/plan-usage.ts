import { type EpochMs, wattHours } from '@voltway/units'
import type { MeterPoint, Usage } from '../tariffs/cost.ts'
import type { PowerStep } from './plan.ts'

/**
 * What a session that follows a curve will have used: registers in whole Wh at every edge of the curve, so that
 * `costOf` prices a plan exactly as it will price the session.
 */
export const planUsage = (start: EpochMs, end: EpochMs, curve: readonly PowerStep[]): Usage => {
  const points: MeterPoint[] = [{ at: start, importWh: wattHours(0), exportWh: wattHours(0) }]
  let wattMilliseconds = 0
  let importWh = wattHours(0)
  for (const { from, to, power } of curve) {
    if (from > points.at(-1)!.at) points.push({ at: from, importWh, exportWh: wattHours(0) })
    wattMilliseconds += power * (to - from)
    importWh = wattHours(Math.round(wattMilliseconds / 3_600_000))
    points.push({ at: to, importWh, exportWh: wattHours(0) })
  }
  return { startedAt: start, chargingEndedAt: curve.at(-1)?.to ?? end, disconnectedAt: end, asOf: end, points }
}
