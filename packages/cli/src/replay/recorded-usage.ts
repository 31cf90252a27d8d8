import type { MeterPoint, Usage } from '@voltway/domain/tariffs'
import type { RecordedSession } from '@voltway/sim'
import { type EpochMs, epochMs, wattHours } from '@voltway/units'

const MS_PER_HOUR = 3_600_000

/** When a recorded car had its energy: at its highest power from arrival on, or with its departure where no power is recorded. */
const chargedAt = ({ arrival, departure, energyWh, maxPowerW }: RecordedSession): EpochMs => {
  if (energyWh === 0) return arrival
  const needed = maxPowerW === undefined ? Number.POSITIVE_INFINITY : (energyWh * MS_PER_HOUR) / maxPowerW
  return epochMs(Math.min(departure, Math.ceil(arrival + needed)))
}

/**
 * A recorded session as pricing reads it, from the recording alone: what a meter that counts whole Wh shows at the start, at each
 * interval while energy flows, where it ceases to, and at the end. A car that got nothing does not idle.
 */
export const recordedUsage = (session: RecordedSession, intervalMs: number): Usage => {
  const { arrival, departure, energyWh } = session
  const until = chargedAt(session)
  const point = (at: EpochMs, wh: number): MeterPoint => ({ at, importWh: wattHours(wh), exportWh: wattHours(0) })
  const points = [point(arrival, 0)]
  for (let at = arrival + intervalMs; at < until; at += intervalMs)
    points.push(point(epochMs(at), Math.round((energyWh * (at - arrival)) / (until - arrival))))
  if (until > arrival && until < departure) points.push(point(until, energyWh))
  points.push(point(departure, energyWh))
  return { startedAt: arrival, chargingEndedAt: energyWh > 0 ? until : departure, disconnectedAt: departure, asOf: departure, points }
}
