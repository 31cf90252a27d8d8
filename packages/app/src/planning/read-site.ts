import { microsPerKw } from '@voltway/domain/planning/full-site'
import { microsPerKwh } from '@voltway/domain/planning/site'
import {
  mostOnPhases,
  mostWithin,
  type PlanBasis,
  type SpanPrice,
  type SteeredCar,
  type SteeredSite,
  type SteeredStation,
  type UnsteeredLoad,
} from '@voltway/domain/planning/steering'
import type { EvseToSteer, ReservationToSteer, SessionToSteer, SiteForecastRow, SiteToSteer, SteeringState } from '@voltway/store'
import { amperes, type ChargingStationId, DAY, type EpochMs, epochMs, MINUTE, type SessionId, wattHours, watts } from '@voltway/units'
import { type FreeCar, freeCarOf } from './free-car.ts'
import { isShared } from './is-shared.ts'
import { promiseOf } from './promise-of.ts'
import { carOf, drawnPhases, ignoresProfile, inForceOf, phasesOf, switchingOf, termsOf } from './read-car.ts'

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
  /** Those whom nothing holds back and who wait to be told so. */
  readonly free: readonly FreeCar[]
  /** Whether its EVSEs together could draw more than its limit: only then is anybody held who was promised nothing. */
  readonly isShared: boolean
  /** Whether it has limits by phase: its stations are told amperes. */
  readonly byPhase: boolean
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
  /** How often each session was paused so far; of use where that is limited. */
  readonly pauses?: ReadonlyMap<SessionId, number>
}

/** A station that refused is asked again after this. */
export const ASK_AGAIN = 5 * MINUTE

const isRefused = ({ lastStatus, lastSentAt }: SessionToSteer, now: EpochMs): boolean =>
  lastStatus !== null && lastStatus !== 'accepted' && lastStatus !== 'cleared' && (lastSentAt ?? 0) > now - ASK_AGAIN

/** What a session draws, or may draw, that cannot be told what to do now. */
const loadOf = (
  session: SessionToSteer,
  evse: EvseToSteer,
  { now, byPhase }: { readonly now: EpochMs; readonly byPhase: boolean },
): number => {
  const inForce = inForceOf(session, evse)
  // Nobody knows on how many phases one draws that does what it likes.
  if (ignoresProfile(session, evse) && byPhase) return evse.maxPowerW
  if (ignoresProfile(session, evse)) return Math.max(session.powerW ?? 0, inForce ? mostWithin(inForce, now, epochMs(now + DAY)) : 0)
  return inForce && !isRefused(session, now) ? mostWithin(inForce, now, epochMs(now + DAY)) : evse.maxPowerW
}

/**
 * The same by phases: one that holds to a schedule which switches it may be on one phase or on three, so it counts with what it may draw on
 * each.
 */
const loadsOf = (
  session: SessionToSteer,
  evse: EvseToSteer,
  at: { readonly station: number; readonly now: EpochMs; readonly byPhase: boolean },
): readonly UnsteeredLoad[] => {
  const { station, now } = at
  const phases = phasesOf(session, evse)
  const power = loadOf(session, evse, at)
  const inForce = inForceOf(session, evse)
  const onOne =
    inForce && power < evse.maxPowerW && !ignoresProfile(session, evse)
      ? mostOnPhases(inForce, 1, { from: now, to: epochMs(now + DAY) })
      : 0
  if (!inForce || onOne === 0) return [{ station, power: watts(power), phases: drawnPhases(evse, phases) }]
  const onThree = mostOnPhases(inForce, 3, { from: now, to: epochMs(now + DAY) })
  return [
    { station, power: watts(onOne), phases: drawnPhases(evse, 1) },
    { station, power: watts(onThree), phases: drawnPhases(evse, 3) },
  ]
}

const expectedCar = (
  reservation: ReservationToSteer,
  evse: EvseToSteer,
  at: { readonly station: number; readonly now: EpochMs; readonly byPhase: boolean },
): SteeredCar | undefined => {
  const phases = evse.currentType === 'DC' ? 1 : evse.phases
  const terms = termsOf(evse, phases, at.byPhase)
  const wish = promiseOf(reservation.plan, { from: reservation.startsAt, until: reservation.endsAt, now: at.now })
  if (!terms || !wish) return undefined
  const switching = switchingOf(evse, phases)
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
    phases: drawnPhases(evse, phases),
    ...(switching && { switching }),
  }
}

/** What the site's limits, its bill and its forecasts add beside a limit in W. */
const beyondWatts = (row: SiteToSteer, state: SteeringState, isShared: boolean): Partial<SteeredSite> => {
  const { phaseLimitsA, mostPauses, demandPerKwMicros, demandPeakW, feedInPerKwhMicros } = row
  const spans = (kind: SiteForecastRow['kind']) =>
    state.forecasts
      .filter((one) => one.siteId === row.id && one.kind === kind)
      .map(({ from, to, powerW }) => ({ from, to, power: watts(powerW) }))
  const [load, solar, caps] = [spans('load'), spans('pv'), spans('cap')]
  const [a, b, c] = (phaseLimitsA ?? []).map(amperes)
  return {
    ...(isShared && caps.length > 0 && { caps }),
    ...(isShared && a !== undefined && b !== undefined && c !== undefined && { phaseLimits: [a, b, c] }),
    ...(mostPauses !== null && { mostPauses }),
    ...(demandPerKwMicros !== null && { demandCharge: { pricePerKw: microsPerKw(demandPerKwMicros), peakSoFar: watts(demandPeakW) } }),
    ...((feedInPerKwhMicros !== null || load.length > 0 || solar.length > 0) && {
      surroundings: { load, solar, feedInPerKwh: microsPerKwh(feedInPerKwhMicros ?? 0) },
    }),
  }
}

/** One site of what was read, as steering wants it. */
export const readSite = (row: SiteToSteer, state: SteeringState, { now, prices, basis, isLinked, pauses }: ReadContext): ReadSite => {
  const evses = state.evses.filter(({ siteId }) => siteId === row.id)
  const shared = isShared(row, evses, state.forecasts)
  const byPhase = row.phaseLimitsA !== null || evses.some(({ phaseLimitA }) => phaseLimitA !== null)
  const stationIds = [...new Set(evses.map(({ stationId }) => stationId))]
  const byId = new Map(evses.map((evse) => [evse.id, evse]))
  const knownPowers = new Map(basis?.cars.map(({ key, maxPower }) => [key, maxPower]))
  const cars: SteeredCar[] = []
  const places: CarPlace[] = []
  const loads: UnsteeredLoad[] = []
  const faults: ReadSite['faults'][number][] = []
  const free: FreeCar[] = []
  for (const session of state.sessions) {
    const evse = byId.get(session.evseId)
    if (!evse) continue
    const station = stationIds.indexOf(evse.stationId)
    const car = carOf(session, evse, {
      station,
      now,
      knownPower: knownPowers.get(session.id),
      byPhase,
      pauses: pauses?.get(session.id),
      prices,
    })
    const [refused, ignored] = [isRefused(session, now), ignoresProfile(session, evse)]
    if (refused) faults.push({ kind: 'refused', session, evse })
    if (ignored) faults.push({ kind: 'ignored', session, evse })
    const canBeTold = !refused && !ignored && isLinked(evse.stationId)
    if (car?.wish.kind === 'walkIn' && !shared && (session.vehicleNeeds || !car.inForce)) {
      const own = canBeTold ? freeCarOf(car, { session, evse, now }) : undefined
      if (own) free.push(own)
      continue
    }
    if (car && canBeTold) {
      cars.push(car)
      places.push({ evse, phases: phasesOf(session, evse), session })
    } else if (shared) loads.push(...loadsOf(session, evse, { station, now, byPhase }))
  }
  for (const reservation of state.reservations) {
    const evse = byId.get(reservation.evseId)
    const car = evse && expectedCar(reservation, evse, { station: stationIds.indexOf(evse.stationId), now, byPhase })
    if (!evse || !car) continue
    cars.push(car)
    places.push({ evse, phases: evse.currentType === 'DC' ? 1 : evse.phases, reservation })
  }
  const limit = row.gridLimitW !== null && shared ? watts(row.gridLimitW) : undefined
  const stations = stationIds.map((id): SteeredStation => {
    const { sharedLimitW, phaseLimitA } = evses.find(({ stationId }) => stationId === id)!
    return {
      limit: sharedLimitW === null ? undefined : watts(sharedLimitW),
      ...(phaseLimitA !== null && { phaseLimit: amperes(phaseLimitA) }),
    }
  })
  const site: SteeredSite = { now, limit, prices, stations, cars, loads, ...beyondWatts(row, state, shared) }
  return { row, site, places, free, isShared: shared, byPhase, evses, faults }
}
