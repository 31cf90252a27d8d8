import { PHASE_VOLTS, powerAt, type SetPointSchedule, type SpanPrice, type SteeringPlan } from '@voltway/domain/planning/steering'
import { priceLevels } from '@voltway/domain/tariffs'
import { recordProfile } from '@voltway/store'
import type { EpochMs, TenantId } from '@voltway/units'
import { eachStation } from '../jobs/each-station.ts'
import type { JobServices } from '../jobs/job.ts'
import { readCapabilities } from '../ocpp/discovery.ts'
import { askStation } from './ask-station.ts'
import { profileNumber } from './profile-number.ts'
import { takesAmperes } from './read-car.ts'
import type { CarPlace, ReadSite } from './read-site.ts'
import { periodsToJson } from './schedule-json.ts'

interface Telling {
  readonly stationId: CarPlace['evse']['stationId']
  readonly place: CarPlace & { readonly session: NonNullable<CarPlace['session']> }
  readonly schedule: SetPointSchedule
  /** Whether it leaves the site more room now. */
  readonly isLower: boolean
  readonly inAmperes: boolean
  readonly site: ReadSite['site']
}

const tellingsOf = ({ site, places, isShared, byPhase }: ReadSite, plan: SteeringPlan): readonly Telling[] =>
  plan.cars.flatMap(({ schedule, isChanged }, car): readonly Telling[] => {
    const place = places[car]!
    const { session, evse } = place
    if (!isChanged || !session) return []
    const { inForce } = site.cars[car]!
    // Without a profile of its own it stands at the EVSE's default, a pause where the site is shared; else at full power.
    const before = inForce ? powerAt(inForce, site.now) : isShared && evse.defaultStatus === 'accepted' ? 0 : evse.maxPowerW
    const isLower = powerAt(schedule, site.now) <= before
    const inAmperes = takesAmperes(evse, byPhase)
    return [{ stationId: evse.stationId, place: { ...place, session }, schedule, isLower, inAmperes, site }]
  })

/** A station of a single period is told how long it holds, in place of the pause that follows. */
const sayable = ({ periods }: SetPointSchedule, evse: CarPlace['evse']) => {
  const all = periods.map(({ startSeconds, power, phases }) => ({ startSeconds, limitW: power as number, ...(phases && { phases }) }))
  const last = all.at(-1)
  const isSingle = readCapabilities(evse.capabilities).maxPeriods === 1
  return isSingle && all.length > 1 && last ? { periods: all.slice(0, 1), durationSeconds: last.startSeconds } : { periods: all }
}

/** A car that said what it needs may choose by price when it takes it, within its plan. */
const pricesFor = ({ session: { vehicleNeeds } }: Telling['place'], prices: readonly SpanPrice[], now: EpochMs) => {
  if (!vehicleNeeds) return undefined
  const until = vehicleNeeds.departure ?? prices.at(-1)?.to ?? now
  return priceLevels(prices, { from: now, until })
}

const tell = async (
  services: JobServices,
  tenantId: TenantId,
  { stationId, place, schedule, inAmperes, site }: Telling,
): Promise<boolean> => {
  const { evse, session, phases } = place
  const prices = pricesFor(place, site.prices, services.clock.now())
  const { transactionId, reservationId } = session
  const intent = {
    kind: 'setChargingProfile',
    purpose: 'transaction',
    profileNumber: profileNumber(evse.number, 'transaction'),
    evse: evse.number,
    transactionId,
    startsAt: schedule.start,
    ...sayable(schedule, evse),
    phases,
    voltageV: PHASE_VOLTS,
    ...(inAmperes && { inAmperes }),
    ...(prices && { prices }),
  } as const
  const answer = await askStation(services, { tenantId, stationId }, { intent, requestedBy: `plan:${session.id}` })
  const sent = {
    stationId,
    evse: evse.number,
    phases,
    startsAt: schedule.start,
    exactUntil: schedule.exactUntil,
    schedule: periodsToJson(schedule),
    sentAt: services.clock.now(),
    status: answer.accepted ? 'accepted' : answer.reason,
    purpose: 'transaction',
    transactionId,
    sessionId: session.id,
    reservationId,
  } as const
  await services.db.inTenant(tenantId, (tx) => recordProfile(tx, tenantId, sent))
  return answer.accepted
}

/**
 * Tells stations what a plan changed: first what leaves room, then, if all of these said yes, what takes it. One that did not is
 * seen by the next plan as what it may draw.
 */
export const sendPlan = async (
  services: JobServices,
  tenantId: TenantId,
  { found, plan }: { readonly found: ReadSite; readonly plan: SteeringPlan },
): Promise<void> => {
  const tellings = tellingsOf(found, plan)
  let refused = 0
  const send = async (telling: Telling) => {
    if (!(await tell(services, tenantId, telling))) refused += 1
    return true
  }
  await eachStation(
    tellings.filter(({ isLower }) => isLower),
    send,
  )
  if (refused > 0) return
  await eachStation(
    tellings.filter(({ isLower }) => !isLower),
    send,
  )
}

/** Tells cars whom nothing holds back that this is so. @returns whether there were any */
export const sendFree = (services: JobServices, tenantId: TenantId, { free, byPhase, site }: ReadSite): Promise<boolean> =>
  eachStation(
    free.map(({ schedule, ...place }) => ({ stationId: place.evse.stationId, place, schedule })),
    async (one) => {
      await tell(services, tenantId, { ...one, isLower: false, inAmperes: takesAmperes(one.place.evse, byPhase), site })
      return true
    },
  )
