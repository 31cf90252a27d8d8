import { HOUR, MINUTE, type Watts } from '@voltway/units'
import type { MeterPoint } from '../tariffs/cost.ts'
import type { SuspectReason } from './suspect-reason.ts'

/** Meters err by less, and clocks by less than a minute. */
const TOLERANCE = 1.05
const CLOCK_SLACK_MS = MINUTE
/** A register with whole kWh moves in steps of one. */
const STEP_WH = 1_000

/** What an EVSE of this power cannot have delivered: in all, or between two readings. */
export const implausible = (points: readonly MeterPoint[], maxPower: Watts): readonly SuspectReason[] => {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return []
  const moved = (a: MeterPoint, b: MeterPoint) => Math.max(b.importWh - a.importWh, b.exportWh - a.exportWh)
  const most = (ms: number) => (maxPower * ms * TOLERANCE) / HOUR
  const jumps = points.some((point, index) => {
    const before = points[index - 1]
    return before !== undefined && moved(before, point) > most(point.at - before.at + CLOCK_SLACK_MS) + STEP_WH
  })
  const total = moved(first, last) > most(last.at - first.at)
  return [...(total ? (['implausibleEnergy'] as const) : []), ...(jumps ? (['registerJumped'] as const) : [])]
}
