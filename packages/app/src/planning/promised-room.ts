import type { PowerStep } from '@voltway/domain/planning'
import { type DrawnPhases, type PromisedSite, type SetPointTerms, type SteeredStation, siteRoom } from '@voltway/domain/planning/steering'
import { type SiteCapacity, siteCapacity, type Tx } from '@voltway/store'
import { amperes, type EpochMs, type EvseId, type SiteId, type TenantId, watts } from '@voltway/units'
import { curveOf } from './promise-of.ts'
import { drawnPhases, switchingOf, termsOf } from './read-car.ts'

/** Of an accepted plan, what it draws when. */
export const planCurve = (plan: unknown): readonly PowerStep[] =>
  typeof plan === 'object' && plan !== null && 'curve' in plan ? curveOf(plan.curve) : []

/** An accepted plan, as one of those that a site has promised. */
export const promisedBy = (evseId: EvseId, plan: unknown): SiteCapacity['promised'][number] => {
  const { curve, phases }: { readonly curve?: unknown; readonly phases?: unknown } = typeof plan === 'object' && plan !== null ? plan : {}
  return { evseId, curve, phases }
}

/** Whether an accepted plan is for one phase alone. */
export const isOnOne = (plan: unknown): boolean => typeof plan === 'object' && plan !== null && 'phases' in plan && plan.phases === 1

const isByPhase = ({ phaseLimitsA, evses }: SiteCapacity): boolean =>
  phaseLimitsA !== null || evses.some(({ phaseLimitA }) => phaseLimitA !== null)

const isLimited = (capacity: SiteCapacity): boolean =>
  capacity.gridLimitW !== null ||
  isByPhase(capacity) ||
  capacity.forecasts.some(({ kind }) => kind === 'cap') ||
  capacity.evses.some(({ sharedLimitW }) => sharedLimitW !== null)

const siteOf = (capacity: SiteCapacity, stationIds: readonly string[]): PromisedSite => {
  const { gridLimitW, phaseLimitsA, evses, promised, forecasts } = capacity
  const byId = new Map(evses.map((evse) => [evse.id, evse]))
  const spans = (of: SiteCapacity['forecasts'][number]['kind']) =>
    forecasts.filter(({ kind }) => kind === of).map(({ from, to, powerW }) => ({ from, to, power: watts(powerW) }))
  const [a, b, c] = (phaseLimitsA ?? []).map(amperes)
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
    load: spans('load'),
    caps: spans('cap'),
    promised: promised.flatMap(({ evseId, curve, phases }) => {
      const evse = byId.get(evseId)
      if (!evse) return []
      const drawn = drawnPhases(evse, phases === 1 ? 1 : evse.phases)
      return [{ station: stationIds.indexOf(evse.stationId), phases: drawn, curve: curveOf(curve) }]
    }),
  }
}

/** What is left for one EVSE, and how its station takes limits; its terms are undefined where it has no words for them. */
export interface RoomOnPhases {
  readonly steps: readonly PowerStep[]
  readonly terms: SetPointTerms | undefined
}
export interface PromisedRoom extends RoomOnPhases {
  /** On the one phase that its station can switch a car of three to. */
  readonly onOne?: RoomOnPhases
}

interface RoomAt {
  readonly evseId: EvseId
  readonly from: EpochMs
  readonly to: EpochMs
}

/**
 * What a site can still promise at an EVSE over a span that was read: its limits less its building and what others were promised. Undefined
 * where nothing limits it, or the operator does not steer it.
 */
export const roomIn = (capacity: SiteCapacity, { evseId, from, to }: RoomAt): PromisedRoom | undefined => {
  const evse = capacity.evses.find(({ id }) => id === evseId)
  if (!capacity.isSteered || !evse || !isLimited(capacity)) return undefined
  const stationIds = [...new Set(capacity.evses.map(({ stationId }) => stationId))]
  const site = siteOf(capacity, stationIds)
  const station = stationIds.indexOf(evse.stationId)
  const stepsOn = (phases: DrawnPhases) => siteRoom(site, { station, phases }, { from, to })
  const switching = switchingOf(evse, evse.phases)
  return {
    steps: stepsOn(drawnPhases(evse, evse.phases)),
    terms: termsOf(evse, evse.phases, isByPhase(capacity)),
    ...(switching && { onOne: { steps: stepsOn(switching.phase), terms: switching.terms } }),
  }
}

/** The same, as it is now. */
export const promisedRoom = async (
  tx: Tx,
  tenantId: TenantId,
  { siteId, ...at }: RoomAt & { readonly siteId: SiteId },
): Promise<PromisedRoom | undefined> => {
  const capacity = await siteCapacity(tx, tenantId, { siteId, from: at.from, to: at.to })
  return capacity && roomIn(capacity, at)
}
