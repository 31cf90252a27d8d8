import { microsPerKwh } from '@voltway/domain/planning/site'
import {
  powerAt as allowedAt,
  type CarSwitching,
  type DrawnPhases,
  mostWithin,
  PHASE_VOLTS,
  phasesAt,
  type SetPointSchedule,
  type SetPointTerms,
  type SpanPrice,
  type SteeredCar,
  type SteeredWish,
  stationTerms,
  switchingTerms,
} from '@voltway/domain/planning/steering'
import type { EvseToSteer, SessionToSteer } from '@voltway/store'
import { type EpochMs, epochMs, MINUTE, wattHours, watts } from '@voltway/units'
import { rateUnitFor } from '../ocpp/commands/rate-unit.ts'
import { readCapabilities } from '../ocpp/discovery.ts'
import { promiseOf } from './promise-of.ts'
import { scheduleFrom } from './schedule-json.ts'

/** A set-point must have stood so long before a reading, for the reading to say what the car makes of it. */
const SETTLES = MINUTE
/** A car that takes less than this share of what it may is held by itself; it is left a little more than it takes. */
const HELD_BY_STATION = 0.97
const HEADROOM = 1.1
/** Above what it may take by more than this, it does not heed its profile. */
const HEEDS_WITHIN = 1.05
const HEEDS_WITHIN_W = 500
/** Of the meter, how much reaches a battery. */
const EFFICIENCY = 0.9
/** A car that takes no more than this share of a three-phase offer uses one phase. */
const ONE_PHASE_SHARE = 1.1 / 3

/** What its station was told last and took; a station may forget it when it boots. */
export const inForceOf = ({ inForce }: SessionToSteer, { bootedAt }: EvseToSteer): SetPointSchedule | undefined => {
  if (inForce?.status !== 'accepted' || (bootedAt ?? 0) > inForce.startsAt) return undefined
  return scheduleFrom(inForce.startsAt, { periods: inForce.schedule, exactUntil: inForce.exactUntil })
}

interface Seen {
  readonly power: number
  /** What it might have taken, the same for a while before. */
  readonly offered: number
}

/** The last reading of power beside what was then allowed; undefined where that was new, or nothing was drawn. */
const seenOf = ({ powerW, powerAt }: SessionToSteer, inForce: SetPointSchedule | undefined, evse: EvseToSteer): Seen | undefined => {
  if (powerW === null || powerAt === null || powerW <= 0) return undefined
  const since = epochMs(powerAt - SETTLES)
  if (!inForce) return { power: powerW, offered: evse.maxPowerW }
  if (inForce.start > since) return undefined
  const offered = allowedAt(inForce, powerAt)
  return allowedAt(inForce, since) === offered && mostWithin(inForce, since, powerAt) === offered ? { power: powerW, offered } : undefined
}

/** Whether a car drew more than it might when its power was last measured, although its station had said yes a while before that. */
export const ignoresProfile = (session: SessionToSteer, evse: EvseToSteer): boolean => {
  const inForce = inForceOf(session, evse)
  const { powerW, powerAt } = session
  if (!inForce || powerW === null || powerAt === null || inForce.start > powerAt - 2 * SETTLES) return false
  return powerW > mostWithin(inForce, epochMs(powerAt - 2 * SETTLES), powerAt) * HEEDS_WITHIN + HEEDS_WITHIN_W
}

const ofVehicle = ({ maxAcW, maxDcW, vehicleNeeds }: SessionToSteer, evse: EvseToSteer): number =>
  Math.min((evse.currentType === 'AC' ? maxAcW : maxDcW) ?? Number.POSITIVE_INFINITY, vehicleNeeds?.maxPower ?? Number.POSITIVE_INFINITY)

/** Whether it was switched to one phase when its power was last measured. */
const onOneWhenSeen = ({ powerAt }: SessionToSteer, inForce: SetPointSchedule | undefined): boolean =>
  powerAt !== null && inForce !== undefined && phasesAt(inForce, powerAt) === 1

/** Phases that a car uses: one that was told as such stays so; one that takes a third of three phases is found out. */
export const phasesOf = (session: SessionToSteer, evse: EvseToSteer): 1 | 3 => {
  if (evse.currentType === 'DC' || evse.phases === 1 || session.inForce?.phases === 1) return 1
  const inForce = inForceOf(session, evse)
  // Switched to one phase it shows nothing of how many it could use.
  if (onOneWhenSeen(session, inForce)) return 3
  const seen = seenOf(session, inForce, evse)
  return seen && seen.power < Math.min(seen.offered, ofVehicle(session, evse)) * ONE_PHASE_SHARE ? 1 : 3
}

/** What a battery still takes of the meter, where the car said so, or its size and charge are known. */
const roomOf = ({ batteryWh, socPercent, vehicleNeeds, importWh }: SessionToSteer) => {
  if (vehicleNeeds?.energy !== undefined) return wattHours(Math.max(0, vehicleNeeds.givenBefore + vehicleNeeds.energy - importWh))
  return batteryWh === null || socPercent === null
    ? undefined
    : wattHours(Math.max(0, Math.ceil(((100 - socPercent) / 100) * (batteryWh / EFFICIENCY))))
}

/**
 * What a car asked for over its cable, as a promise: its energy by its departure, at whatever the site's prices are then, so as cheaply as they
 * allow. Nobody accepted a curve.
 */
const askedOf = ({ vehicleNeeds, startedAt }: SessionToSteer, { now, prices = [] }: CarContext): SteeredWish | undefined => {
  if (vehicleNeeds?.energy === undefined || vehicleNeeds.departure === undefined || vehicleNeeds.departure <= now) return undefined
  const { departure, energy, givenBefore } = vehicleNeeds
  const until = prices.filter(({ from, to }) => from < departure && to > now)
  const dearest = Math.max(0, ...until.map(({ perKwh }) => perKwh))
  const parts = [{ energy: wattHours(givenBefore + energy), perKwh: microsPerKwh(dearest) }]
  return { kind: 'promise', arrival: startedAt, departure, curve: [], parts, prices: until }
}

const PHASE_OF = { R: 'L1', S: 'L2', T: 'L3' } as const

/** The site's phases that somebody at an EVSE draws from. */
export const drawnPhases = (
  { currentType, phaseRotation }: Pick<EvseToSteer, 'currentType' | 'phaseRotation'>,
  phases: 1 | 3,
): DrawnPhases => (currentType === 'DC' || phases === 3 ? 'three' : PHASE_OF[phaseRotation[0] as keyof typeof PHASE_OF])

/** Of an EVSE, what says how it takes its limits. */
export type OwnTerms = Pick<EvseToSteer, 'currentType' | 'capabilities'>

/** Whether an EVSE is told amperes where its station takes them: below limits by phase, and to say on how many phases it is to charge. */
export const takesAmperes = ({ currentType, capabilities }: OwnTerms, byPhase: boolean): boolean =>
  currentType === 'AC' && (byPhase || readCapabilities(capabilities).switchesPhases === true)

/**
 * How an EVSE takes its limits; undefined where its station has no words for it. Below limits by phase an AC station must take
 * amperes: watts say nothing of a phase while it is not known how many of them a car uses.
 */
export const termsOf = (evse: OwnTerms, phases: 1 | 3, byPhase: boolean) => {
  const capabilities = readCapabilities(evse.capabilities)
  if (capabilities.smartCharging === false) return undefined
  const unit = rateUnitFor(capabilities, takesAmperes(evse, byPhase))
  if (byPhase && evse.currentType === 'AC' && unit === 'W') return undefined
  return stationTerms({ currentType: evse.currentType, phases, unit, maxPeriods: capabilities.maxPeriods })
}

/** How an EVSE's station can switch a car of three phases; undefined where it cannot, or has no words for it. */
export const switchingOf = (evse: OwnTerms & Pick<EvseToSteer, 'phaseRotation'>, phases: 1 | 3): CarSwitching | undefined => {
  const capabilities = readCapabilities(evse.capabilities)
  const drawn = drawnPhases(evse, 1)
  if (!capabilities.switchesPhases || phases === 1 || drawn === 'three') return undefined
  const unit = rateUnitFor(capabilities, true)
  return switchingTerms({ currentType: evse.currentType, phases, unit, maxPeriods: capabilities.maxPeriods }, drawn)
}

/** Nominal watts are those of whole amperes: 22 kW are 32 A on three phases, which are 22,080 W. */
const NOMINAL = 0.015

/** What is nominally a whole number of amperes is that many, so that rounding down takes nothing from it. */
export const wholeAmperes = (power: number, { step }: SetPointTerms): number => {
  const whole = Math.round(power / step) * step
  return step % PHASE_VOLTS === 0 && Math.abs(whole - power) <= NOMINAL * power ? whole : power
}

/** Amperes on three phases are a third of their watts to a car that uses one. */
const perPhase = (seen: Seen | undefined, { wasThree, phases, step }: { wasThree: boolean; phases: 1 | 3; step: number }) =>
  seen && wasThree && phases === 1 && step === PHASE_VOLTS ? { ...seen, offered: seen.offered / 3 } : seen

/** What a car did on one phase, as it would be on three: each carries the same. */
const onThree = ({ power, offered }: Seen): Seen => ({ power: 3 * power, offered: 3 * offered })

/** The most that a car was seen to take; Infinity where only its station held it, undefined where nothing could be seen. */
const takesOf = (seen: Seen | undefined): number | undefined => {
  if (!seen) return undefined
  return seen.power < seen.offered * HELD_BY_STATION ? seen.power * HEADROOM : Number.POSITIVE_INFINITY
}

/** Needs that were said sooner after a second plan than this may be what came of it: a station may ask its car anew for each (K16). */
const CAME_OF_PLAN = MINUTE

/** Whether a car said what it needs since its station was told a plan, so that both wait for the next (OCPP 2.0.1, K15.FR.03 and K17). */
const awaitsPlan = ({ vehicleNeeds, lastSentAt, timesSent }: SessionToSteer): boolean =>
  vehicleNeeds !== null && vehicleNeeds.saidAt > (lastSentAt ?? 0) + (timesSent > 1 ? CAME_OF_PLAN : 0)

export interface CarContext {
  /** Its place in the site. */
  readonly station: number
  readonly now: EpochMs
  readonly knownPower: number | undefined
  /** Whether the site has limits by phase. */
  readonly byPhase?: boolean
  /** How often it was paused so far. */
  readonly pauses?: number | undefined
  /** Of the site, for a car that asks for itself. */
  readonly prices?: readonly SpanPrice[]
}

/** A session as a car to steer; undefined where its station has no words for it. */
export const carOf = (session: SessionToSteer, evse: EvseToSteer, context: CarContext): SteeredCar | undefined => {
  const { station, now, knownPower, byPhase = false, pauses } = context
  const phases = phasesOf(session, evse)
  const terms = termsOf(evse, phases, byPhase)
  if (!terms) return undefined
  const switching = switchingOf(evse, phases)
  const inForce = inForceOf(session, evse)
  const found = seenOf(session, inForce, evse)
  const wasOnOne = onOneWhenSeen(session, inForce)
  const seen = found && wasOnOne ? onThree(found) : perPhase(found, { wasThree: session.inForce?.phases === 3, phases, step: terms.step })
  const ofEvse = evse.currentType === 'AC' ? (evse.maxPowerW * phases) / evse.phases : evse.maxPowerW
  const rated = wholeAmperes(Math.min(ofEvse, ofVehicle(session, evse)), terms)
  const most = Math.min(rated, takesOf(seen) ?? knownPower ?? Number.POSITIVE_INFINITY)
  const promise =
    session.reservedFrom !== null && session.reservedUntil !== null
      ? promiseOf(session.plan, { from: epochMs(Math.min(session.reservedFrom, session.startedAt)), until: session.reservedUntil, now })
      : undefined
  return {
    key: session.id,
    station,
    maxPower: watts(Math.max(terms.minimum, most)),
    delivered: wattHours(session.importWh),
    // Where nothing was read yet, nothing was had at the start.
    deliveredAt: session.importAt ?? session.startedAt,
    wish: promise ?? askedOf(session, context) ?? { kind: 'walkIn', startedAt: session.startedAt, room: roomOf(session) },
    terms,
    isResting: session.chargingState === 'suspendedByVehicle',
    isExpected: false,
    awaitsPlan: awaitsPlan(session),
    inForce,
    phases: drawnPhases(evse, phases),
    ...(switching && { switching }),
    pauses,
  }
}
