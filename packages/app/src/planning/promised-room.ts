import type { PowerStep } from '@voltway/domain/planning'
import { type PromisedSite, type SteeredStation, siteRoom } from '@voltway/domain/planning/steering'
import { type CapacityEvse, type SiteCapacity, siteCapacity, type Tx } from '@voltway/store'
import { amperes, type EpochMs, type EvseId, type SiteId, type TenantId, watts } from '@voltway/units'
import { curveOf } from './promise-of.ts'
import { drawnPhases } from './read-car.ts'

/** Of an accepted plan, what it draws when. */
export const planCurve = (plan: unknown): readonly PowerStep[] =>
  typeof plan === 'object' && plan !== null && 'curve' in plan ? curveOf(plan.curve) : []

const isLimited = ({ gridLimitW, phaseLimitsA, evses }: SiteCapacity): boolean =>
  gridLimitW !== null ||
  phaseLimitsA !== null ||
  evses.some(({ sharedLimitW, phaseLimitA }) => sharedLimitW !== null || phaseLimitA !== null)

const siteOf = (capacity: SiteCapacity, stationIds: readonly string[]): PromisedSite => {
  const { gridLimitW, phaseLimitsA, evses, promised, forecasts } = capacity
  const byId = new Map(evses.map((evse) => [evse.id, evse]))
  const [a, b, c] = (phaseLimitsA ?? []).map(amperes)
  const placeOf = ({ stationId, ...evse }: CapacityEvse) => ({
    station: stationIds.indexOf(stationId),
    phases: drawnPhases(evse, evse.phases),
  })
  return {
    limit: gridLimitW === null ? undefined : watts(gridLimitW),
    phaseLimits: a !== undefined && b !== undefined && c !== undefined ? [a, b, c] : undefined,
    stations: stationIds.map((id): SteeredStation => {
      const { sharedLimitW, phaseLimitA } = evses.find(({ stationId }) => stationId === id)!
      return {
        limit: sharedLimitW === null ? undefined : watts(sharedLimitW),
        phaseLimit: phaseLimitA === null ? undefined : amperes(phaseLimitA),
      }
    }),
    load: forecasts.filter(({ kind }) => kind === 'load').map(({ from, to, powerW }) => ({ from, to, power: watts(powerW) })),
    promised: promised.flatMap(({ evseId, curve }) => {
      const evse = byId.get(evseId)
      return evse ? [{ ...placeOf(evse), curve: curveOf(curve) }] : []
    }),
  }
}

/**
 * What a site can still promise at an EVSE over a span: its limits less its building and what others were promised. Undefined where
 * nothing limits it, or the operator does not steer it.
 */
export const promisedRoom = async (
  tx: Tx,
  tenantId: TenantId,
  { siteId, evseId, from, to }: { readonly siteId: SiteId; readonly evseId: EvseId; readonly from: EpochMs; readonly to: EpochMs },
): Promise<readonly PowerStep[] | undefined> => {
  const capacity = await siteCapacity(tx, tenantId, { siteId, from, to })
  const evse = capacity?.evses.find(({ id }) => id === evseId)
  if (!capacity?.isSteered || !evse || !isLimited(capacity)) return undefined
  const stationIds = [...new Set(capacity.evses.map(({ stationId }) => stationId))]
  const car = { station: stationIds.indexOf(evse.stationId), phases: drawnPhases(evse, evse.phases) }
  return siteRoom(siteOf(capacity, stationIds), car, { from, to })
}
