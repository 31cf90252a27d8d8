import { PHASE_VOLTS } from '@voltway/domain/planning/steering'
import { type EvseToSteer, recordProfile } from '@voltway/store'
import { type EpochMs, epochMs, type TenantId } from '@voltway/units'
import { eachStation } from '../jobs/each-station.ts'
import type { JobServices } from '../jobs/job.ts'
import { askStation } from './ask-station.ts'
import { profileNumber } from './profile-number.ts'
import { termsOf } from './read-car.ts'
import { ASK_AGAIN, type CarPlace, type ReadSite } from './read-site.ts'

type SessionPlace = CarPlace & { readonly session: NonNullable<CarPlace['session']> }

const isDue = ({ defaultStatus, defaultSentAt, bootedAt }: EvseToSteer, now: EpochMs): boolean => {
  if (defaultStatus === null || defaultSentAt === null || defaultStatus === 'cleared') return true
  // Stations may forget their profiles when they boot.
  if (defaultStatus === 'accepted') return (bootedAt ?? 0) > defaultSentAt
  return defaultSentAt <= now - ASK_AGAIN
}

const phasesOf = ({ currentType, phases }: EvseToSteer) => (currentType === 'DC' ? 1 : phases)

/** Keeps what a station was told for an EVSE outside of sessions. */
const record = (services: JobServices, tenantId: TenantId, { evse, status }: { readonly evse: EvseToSteer; readonly status: string }) => {
  const now = services.clock.now()
  const sent = {
    stationId: evse.stationId,
    evse: evse.number,
    phases: phasesOf(evse),
    startsAt: now,
    exactUntil: epochMs(Number.MAX_SAFE_INTEGER),
    schedule: [{ startSeconds: 0, limitW: 0 }],
    sentAt: now,
    purpose: 'evseDefault',
    status,
  } as const
  return services.db.inTenant(tenantId, (tx) => recordProfile(tx, tenantId, sent))
}

const hold = async (services: JobServices, tenantId: TenantId, evse: EvseToSteer): Promise<boolean> => {
  const intent = {
    kind: 'setChargingProfile',
    purpose: 'evseDefault',
    profileNumber: profileNumber(evse.number, 'evseDefault'),
    evse: evse.number,
    startsAt: services.clock.now(),
    periods: [{ startSeconds: 0, limitW: 0 }],
    phases: phasesOf(evse),
    voltageV: PHASE_VOLTS,
  } as const
  const answer = await askStation(services, { tenantId, stationId: evse.stationId }, { intent, requestedBy: 'plan:default' })
  await record(services, tenantId, { evse, status: answer.accepted ? 'accepted' : answer.reason })
  return true
}

const release = async (services: JobServices, tenantId: TenantId, evse: EvseToSteer): Promise<boolean> => {
  const intent = { kind: 'clearChargingProfile', profileNumber: profileNumber(evse.number, 'evseDefault') } as const
  const answer = await askStation(services, { tenantId, stationId: evse.stationId }, { intent, requestedBy: 'plan:default' })
  if (answer.accepted) await record(services, tenantId, { evse, status: 'cleared' })
  return answer.accepted
}

/** Takes back what a session's station was told, so that its car charges as fast as it can again. */
const releaseSession = async (services: JobServices, tenantId: TenantId, { evse, session, phases }: SessionPlace): Promise<boolean> => {
  const { stationId } = evse
  const intent = { kind: 'clearChargingProfile', profileNumber: profileNumber(evse.number, 'transaction') } as const
  const answer = await askStation(services, { tenantId, stationId }, { intent, requestedBy: `plan:${session.id}` })
  if (!answer.accepted) return false
  const now = services.clock.now()
  const { id: sessionId, transactionId, reservationId } = session
  const own = { purpose: 'transaction', sessionId, transactionId, reservationId } as const
  const sent = {
    stationId,
    evse: evse.number,
    phases,
    startsAt: now,
    exactUntil: now,
    schedule: [],
    sentAt: now,
    status: 'cleared',
    ...own,
  }
  await services.db.inTenant(tenantId, (tx) => recordProfile(tx, tenantId, sent))
  return true
}

/** Sessions of a site that is no longer steered whose stations still hold what they were told. */
const heldSessions = ({ site, places }: ReadSite): readonly (SessionPlace & { readonly stationId: EvseToSteer['stationId'] })[] =>
  places.flatMap(({ evse, session, phases }, car) =>
    session && site.cars[car]!.inForce ? [{ stationId: evse.stationId, evse, session, phases }] : [],
  )

/**
 * At a site that cannot give all its EVSEs full power, a car that has just been plugged in waits until the plan knows of it: the
 * EVSE's default is a pause. Where the site is no longer shared or steered, what was told is taken back.
 */
export const sendDefaults = async (services: JobServices, tenantId: TenantId, found: ReadSite): Promise<boolean> => {
  const { row, isShared, evses, byPhase } = found
  const now = services.clock.now()
  const isLinked = await services.gateway.linksOf(tenantId)
  const linked = evses.filter((evse) => isLinked(evse.stationId) && termsOf(evse, phasesOf(evse), byPhase))
  if (row.isOn && isShared)
    return eachStation(
      linked.filter((evse) => isDue(evse, now)),
      (evse) => hold(services, tenantId, evse),
    )
  const released = await eachStation(
    linked.filter(({ defaultStatus }) => defaultStatus === 'accepted'),
    (evse) => release(services, tenantId, evse),
  )
  if (row.isOn) return released
  return (await eachStation(heldSessions(found), (held) => releaseSession(services, tenantId, held))) || released
}
