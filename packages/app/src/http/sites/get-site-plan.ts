import { type EvseRow, latestSitePlans, listEvses, planCars, type StoredPlanCar } from '@voltway/store'
import { epochMs, isoOf, SECOND } from '@voltway/units'
import { type Static, Type } from 'typebox'
import { type PlannedStep, plannedSteps, totalSteps } from '../../planning/planned-steps.ts'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { IdParams, Instant, Money, Uuid, WattHours, Watts } from '../schemas/common.ts'
import { named, ref } from '../schemas/ref.ts'
import { labelOf } from '../views/evse-view.ts'
import { findSite } from './find-site.ts'

const Step = Type.Object({ from: Instant, to: Instant, powerW: Watts })

export const PlannedCarView = named(
  'PlannedCar',
  Type.Object({
    evseId: Uuid,
    evseLabel: Type.String(),
    stationName: Type.String(),
    sessionId: Type.Optional(Uuid),
    reservationId: Type.Optional(Uuid),
    phases: Type.Optional(Type.String({ description: 'Of the site, that it draws from: L1, L2, L3 or three' })),
    plannedWh: WattHours,
    shortfallWh: WattHours,
    curve: Type.Array(Step),
    why: Type.Object({
      code: Type.String({ description: 'promiseKept, promiseMoved, soonest, resting, tooLittleTime or limits' }),
      marginalPerKwh: Type.Optional(Money),
      congestionPerKwh: Type.Optional(Money),
      at: Type.Optional(Type.String({ description: 'The limit in its way: site, station, phase, evse or price' })),
    }),
  }),
)

const SitePlanView = Type.Object({
  planner: Type.String({ description: 'nested: exact; full: with phases, pauses, sun or a peak, with a certified gap' }),
  plannedAt: Instant,
  endsAt: Instant,
  reasons: Type.Array(Type.String()),
  limitW: Type.Optional(Watts),
  plannedWh: WattHours,
  shortfallWh: WattHours,
  cost: Money,
  // Certified: no plan of what was promised costs less by more than this.
  costGap: Money,
  solarWh: Type.Optional(WattHours),
  peakRiseW: Type.Optional(Watts),
  shortfallGapWh: WattHours,
  anticipated: Type.Optional(
    Type.Object(
      { days: Type.Integer(), earlyWh: WattHours },
      { description: 'From how many past days of the site later cars were anticipated, and what was given early because of them' },
    ),
  ),
  total: Type.Array(Step),
  cars: Type.Array(ref(PlannedCarView)),
})

interface Reason {
  readonly code?: unknown
  readonly marginalPerKwh?: unknown
  readonly congestionPerKwh?: unknown
  readonly at?: unknown
}

type PlannedCarView = Static<typeof PlannedCarView>

const whyOf = (json: unknown, currency: string): PlannedCarView['why'] => {
  const reason: Reason = typeof json === 'object' && json !== null ? json : {}
  const money = (micros: unknown) => (typeof micros === 'number' ? { currency, micros: String(micros) } : undefined)
  return given({
    code: String(reason.code),
    marginalPerKwh: money(reason.marginalPerKwh),
    congestionPerKwh: money(reason.congestionPerKwh),
    at: typeof reason.at === 'string' ? reason.at : undefined,
  })
}

const isSchedule = (json: unknown): json is { readonly start: number; readonly periods: unknown; readonly exactUntil: number } =>
  typeof json === 'object' && json !== null && 'start' in json && 'exactUntil' in json

/** What a plan says of one car, from its start on. */
const stepsOf = ({ schedule }: StoredPlanCar): readonly PlannedStep[] => {
  if (!isSchedule(schedule)) return []
  const { start, periods, exactUntil } = schedule
  const startsAt = epochMs(start)
  return plannedSteps([
    { startsAt, sentAt: startsAt, exactUntil: epochMs(exactUntil), schedule: periods, endedAt: null, status: 'accepted' },
  ])
}

const stepView = ({ from, to, powerW }: PlannedStep) => ({ from: isoOf(from), to: isoOf(to), powerW })

const carView = (car: StoredPlanCar, evse: EvseRow | undefined, currency: string): PlannedCarView =>
  given({
    evseId: car.evseId,
    evseLabel: evse ? labelOf(evse) : '',
    stationName: evse?.stationName ?? '',
    sessionId: car.sessionId,
    reservationId: car.reservationId,
    phases: car.phases,
    plannedWh: car.plannedWh,
    shortfallWh: car.shortfallWh,
    curve: stepsOf(car).map(stepView),
    why: whyOf(car.reason, currency),
  })

export const getSitePlanRoute = route({
  id: 'getSitePlan',
  method: 'GET',
  url: '/sites/:id/plan',
  summary: 'The plan that a site is steered by: power of each car and of all, and why each has what it has',
  access: 'stations:read',
  params: IdParams,
  reply: Type.Object({ steering: Type.Boolean(), plan: Type.Optional(SitePlanView) }),
  async handle({ params, caller: { tenantId }, tx, services }) {
    const site = await findSite(tx, tenantId, params.id)
    const [stored] = await latestSitePlans(tx, tenantId, [site.id])
    // Without a limit it is steered by accepted plans alone, once there is one.
    const steering = site.steering ?? (site.isLimited || stored !== undefined)
    if (!stored) return { steering }
    const evses = new Map((await listEvses(tx, tenantId, { siteIds: [site.id], now: services.clock.now() })).map((evse) => [evse.id, evse]))
    const cars = await planCars(tx, tenantId, stored)
    const money = (micros: bigint) => ({ currency: site.currency, micros: micros.toString() })
    const plan = given({
      planner: stored.planner,
      plannedAt: isoOf(stored.plannedAt),
      endsAt: isoOf(stored.endsAt),
      reasons: [...stored.reasons],
      limitW: stored.limitW,
      plannedWh: stored.plannedWh,
      shortfallWh: stored.shortfallWh,
      cost: money(stored.costMicros),
      // Rounded up: a gap is never made to look like a proof.
      costGap: money((stored.costGapNanos + 999n) / 1_000n),
      ...(stored.planner === 'full' && { solarWh: stored.solarWh, peakRiseW: stored.peakRiseW }),
      shortfallGapWh: Number(stored.shortfallGapWh),
      ...(stored.anticipatedDays !== null && { anticipated: { days: stored.anticipatedDays, earlyWh: stored.earlyWh ?? 0 } }),
      // Schedules that still do may have begun before, beside others that have ended; they are in whole seconds.
      total: totalSteps(cars.map(stepsOf), epochMs(Math.floor(stored.plannedAt / SECOND) * SECOND)).map(stepView),
      cars: cars.map((car) => carView(car, evses.get(car.evseId), site.currency)),
    })
    return { steering, plan }
  },
})
