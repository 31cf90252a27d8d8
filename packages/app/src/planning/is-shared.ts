import { PHASE_VOLTS } from '@voltway/domain/planning/steering'
import type { EvseToSteer, SiteForecastRow, SiteToSteer } from '@voltway/store'
import { drawnPhases } from './read-car.ts'

type Wired = Pick<EvseToSteer, 'stationId' | 'sharedLimitW' | 'phaseLimitA' | 'currentType' | 'phases' | 'phaseRotation' | 'maxPowerW'>

/** Amperes that an EVSE can draw from L1, L2 and L3 of the site. */
const mostAmperes = (evse: Wired): readonly [number, number, number] => {
  const drawn = drawnPhases(evse, evse.phases)
  const each = evse.maxPowerW / (PHASE_VOLTS * (drawn === 'three' ? 3 : 1))
  return [
    drawn === 'three' || drawn === 'L1' ? each : 0,
    drawn === 'three' || drawn === 'L2' ? each : 0,
    drawn === 'three' || drawn === 'L3' ? each : 0,
  ]
}

/**
 * Whether all EVSEs at full power would draw more than the site may, now or while it is capped, beside what its building is forecast to take, or more than a
 * phase of the site or the fuse of a station carries.
 */
export const isShared = (
  site: Pick<SiteToSteer, 'id' | 'gridLimitW' | 'phaseLimitsA'>,
  evses: readonly Wired[],
  forecasts: readonly SiteForecastRow[],
): boolean => {
  const { id, gridLimitW, phaseLimitsA } = site
  const powersOf = (of: SiteForecastRow['kind']) =>
    forecasts.flatMap(({ siteId, kind, powerW }) => (siteId === id && kind === of ? [powerW] : []))
  const building = Math.max(0, ...powersOf('load'))
  const limit = Math.min(gridLimitW ?? Number.POSITIVE_INFINITY, ...powersOf('cap'))
  let power = building
  const onPhase = [0, 1, 2].map(() => building / 3 / PHASE_VOLTS)
  for (const list of Map.groupBy(evses, ({ stationId }) => stationId).values()) {
    const { sharedLimitW, phaseLimitA } = list[0]!
    const together = list.reduce((sum, { maxPowerW }) => sum + maxPowerW, 0)
    power += Math.min(sharedLimitW ?? together, together)
    for (const phase of onPhase.keys()) {
      const all = list.reduce((sum, evse) => sum + mostAmperes(evse)[phase]!, 0)
      // A station's own limit in W may come through one phase alone.
      const own = Math.min(all, sharedLimitW === null ? all : sharedLimitW / PHASE_VOLTS)
      if (phaseLimitA !== null && own > phaseLimitA) return true
      onPhase[phase]! += own
    }
  }
  if (power > limit) return true
  return onPhase.some((current, phase) => phaseLimitsA !== null && current > phaseLimitsA[phase]!)
}
