import {
  mostWithin,
  type PlanBasis,
  type SpanPrice,
  type SteeredCar,
  type SteeredSite,
  type UnsteeredLoad,
} from '@voltway/domain/planning/steering'
import type { EvseToSteer, ReservationToSteer, SessionToSteer, SiteToSteer, SteeringState } from '@voltway/store'
import { type ChargingStationId, DAY, type EpochMs, epochMs, MINUTE, wattHours, watts } from '@voltway/units'
import { promiseOf } from './promise-of.ts'
import { carOf, ignoresProfile, inForceOf, phasesOf, termsOf } from './read-car.ts'

/** Whom a car of the plan is: one that charges, or one that is still to come. */
export interface CarPlace {
  readonly evse: EvseToSteer
  readonly phases: 1 | 3
  readonly session?: SessionToSteer
  readonly reservation?: ReservationToSteer
}

export interface ReadSite {
  readonly row: SiteToSteer
  readonly site: SteeredSite
  /** In the order of the site's cars. */
  readonly places: readonly CarPlace[]
  /** Whether its EVSEs together could draw more than its limit: only then is anybody held who was promised nothing. */
  readonly isShared: boolean
  readonly evses: readonly EvseToSteer[]
  /** Sessions whose stations do not do what they were told. */
  readonly faults: readonly { readonly kind: 'refused' | 'ignored'; readonly session: SessionToSteer; readonly evse: EvseToSteer }[]
}

export interface ReadContext {
  readonly now: EpochMs
  readonly prices: readonly SpanPrice[]
  /** What the site's last plan was made from. */
  readonly basis: PlanBasis | undefined
  readonly isLinked: (stationId: ChargingStationId) => boolean
}

/** A station that refused is asked again after this. */
export const ASK_AGAIN = 5 * MINUTE

const isRefused = ({ lastStatus, lastSentAt }: SessionToSteer, now: EpochMs): boolean =>
  lastStatus !== null && lastStatus !== 'accepted' && lastStatus !== 'cleared' && (lastSentAt ?? 0) > now - ASK_AGAIN

/** Whether all EVSEs at full power would draw more than the site may. */
const isShared = ({ gridLimitW }: SiteToSteer, evses: readonly EvseToSteer[]): boolean => {
  if (gridLimitW === null) return false
  const stations = Map.groupBy(evses, ({ stationId }) => stationId)
  const most = [...stations.values()].reduce((sum, list) => {
    const together = list.reduce((total, { maxPowerW }) => total + maxPowerW, 0)
    return sum + Math.min(list[0]?.sharedLimitW ?? together, together)
  }, 0)
  return most > gridLimitW
}

/** What a session draws, or may draw, that cannot be told what to do now. */
const loadOf = (session: SessionToSteer, evse: EvseToSteer, now: EpochMs): number => {
  const inForce = inForceOf(session, evse)
  if (ignoresProfile(session, evse)) return Math.max(session.powerW ?? 0, inForce ? mostWithin(inForce, now, epochMs(now + DAY)) : 0)
  return inForce && !isRefused(session, now) ? mostWithin(inForce, now, epochMs(now + DAY)) : evse.maxPowerW
}

const expectedCar = (
  reservation: ReservationToSteer,
  evse: EvseToSteer,
  at: { readonly station: number; readonly now: EpochMs },
): SteeredCar | undefined => {
  const terms = termsOf(evse, evse.currentType === 'DC' ? 1 : evse.phases)
  const wish = promiseOf(reservation.plan, { from: reservation.startsAt, until: reservation.endsAt, now: at.now })
  if (!terms || !wish) return undefined
  return {
    key: reservation.id,
    station: at.station,
    maxPower: watts(evse.maxPowerW),
    delivered: wattHours(0),
    deliveredAt: at.now,
    wish,
    terms,
    isResting: false,
    isExpected: true,
    inForce: undefined,
  }
}

/** One site of what was read, as steering wants it. */
export const readSite = (row: SiteToSteer, state: SteeringState, { now, prices, basis, isLinked }: ReadContext): ReadSite => {
  const evses = state.evses.filter(({ siteId }) => siteId === row.id)
  const shared = isShared(row, evses)
  const stationIds = [...new Set(evses.map(({ stationId }) => stationId))]
  const byId = new Map(evses.map((evse) => [evse.id, evse]))
  const knownPowers = new Map(basis?.cars.map(({ key, maxPower }) => [key, maxPower]))
  const cars: SteeredCar[] = []
  const places: CarPlace[] = []
  const loads: UnsteeredLoad[] = []
  const faults: ReadSite['faults'][number][] = []
  for (const session of state.sessions) {
    const evse = byId.get(session.evseId)
    if (!evse) continue
    const station = stationIds.indexOf(evse.stationId)
    const car = carOf(session, evse, { station, now, knownPower: knownPowers.get(session.id) })
    const [refused, ignored] = [isRefused(session, now), ignoresProfile(session, evse)]
    if (refused) faults.push({ kind: 'refused', session, evse })
    if (ignored) faults.push({ kind: 'ignored', session, evse })
    if (car?.wish.kind === 'walkIn' && !shared && !car.inForce) continue
    if (car && !refused && !ignored && isLinked(evse.stationId)) {
      cars.push(car)
      places.push({ evse, phases: phasesOf(session, evse), session })
    } else if (shared) loads.push({ station, power: watts(loadOf(session, evse, now)) })
  }
  for (const reservation of state.reservations) {
    const evse = byId.get(reservation.evseId)
    const car = evse && expectedCar(reservation, evse, { station: stationIds.indexOf(evse.stationId), now })
    if (!evse || !car) continue
    cars.push(car)
    places.push({ evse, phases: evse.currentType === 'DC' ? 1 : evse.phases, reservation })
  }
  const limit = row.gridLimitW !== null && shared ? watts(row.gridLimitW) : undefined
  const stations = stationIds.map((id) => {
    const sharedLimitW = evses.find(({ stationId }) => stationId === id)?.sharedLimitW ?? null
    return { limit: sharedLimitW === null ? undefined : watts(sharedLimitW) }
  })
  return { row, site: { now, limit, prices, stations, cars, loads }, places, isShared: shared, evses, faults }
}
