import { EVSE_STATUSES } from '@voltway/domain/stations'
import {
  type Day,
  listNeeds,
  listReservations,
  listSites,
  type NeedRow,
  overviewCounts,
  type ReservationListRow,
  vehiclesCharging,
} from '@voltway/store'
import { type EpochMs, epochMs, isoOf, wallClock } from '@voltway/units'
import { Type } from 'typebox'
import { RESERVATION_LEAD, slotsDue } from '../../jobs/push-reservations.ts'
import { overallSoc } from '../drivers/vehicles-charging.ts'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { Instant, Json, Money, OneOf, Uuid, WattHours, Watts } from '../schemas/common.ts'

const MOST_UNHELD = 20

const KINDS: Readonly<
  Record<
    NeedRow['kind'],
    { readonly severity: 'high' | 'medium' | 'low'; readonly title: (row: NeedRow) => string; readonly action: string }
  >
> = {
  alarm: {
    severity: 'high',
    title: ({ detail, stationName }) => [detail, stationName].filter(Boolean).join(' · '),
    action: 'resolveAlarm',
  },
  held: {
    severity: 'high',
    title: ({ detail, stationName }) => `Session held for review · ${stationName} · ${detail}`,
    action: 'releaseSession',
  },
  faulted: {
    severity: 'medium',
    title: ({ detail, stationName, evse }) => ['Connector faulted', stationName, `EVSE ${evse}`, detail].filter(Boolean).join(' · '),
    action: 'resetStation',
  },
  offline: { severity: 'medium', title: ({ stationName }) => `Station offline · ${stationName}`, action: 'openStation' },
}

const needView = (row: NeedRow) =>
  given({
    kind: row.kind,
    severity: KINDS[row.kind].severity,
    title: KINDS[row.kind].title(row),
    codes: row.reasons.length > 0 ? [...row.reasons] : [row.detail].filter(Boolean),
    detail: row.alarm,
    alarmId: row.alarmId,
    stationId: row.stationId,
    stationName: row.stationName,
    evse: row.evse,
    sessionId: row.sessionId,
    since: isoOf(row.since),
    action: KINDS[row.kind].action,
  })

/** A slot that is due and that no station holds; since it ought to have been held. */
const reservationNeed = (row: ReservationListRow) =>
  given({
    kind: 'reservation',
    severity: 'high' as const,
    title: ['Reservation that no station holds', row.stationName, row.code, row.trouble].join(' · '),
    codes: [row.trouble, row.troubleDetail].filter((code) => code !== null),
    stationId: row.stationId,
    stationName: row.stationName,
    reservationId: row.id,
    reservationCode: row.code,
    since: isoOf(epochMs(Math.max(row.createdAt, row.startsAt - RESERVATION_LEAD))),
    action: 'openReservation',
  })

/** The calendar day of a moment in a zone; 23 or 25 hours long where the clock changes. */
const dayOf = (now: EpochMs, timeZone: string): Day => {
  const midnight = wallClock(now, timeZone).startOfDay()
  return { from: epochMs(midnight.epochMilliseconds), to: epochMs(midnight.add({ days: 1 }).startOfDay().epochMilliseconds) }
}

/**
 * Today is the calendar day in the zone of the tenant's first site (the one made first), and in UTC where there is none yet: one
 * overview has one day, also for an operator with sites in several zones.
 */
export const getOverviewRoute = route({
  id: 'getOverview',
  method: 'GET',
  url: '/overview',
  summary: 'What needs somebody, and how things stand',
  access: 'stations:read',
  reply: Type.Object({
    needs: Type.Array(
      Type.Object({
        kind: Type.String(),
        severity: OneOf(['high', 'medium', 'low'] as const),
        title: Type.String(),
        codes: Type.Array(Type.String(), {
          description: 'What it is about, most telling first: reasons, the kind of an alarm, an error code',
        }),
        detail: Type.Optional(Json),
        alarmId: Type.Optional(Uuid),
        stationId: Type.Optional(Uuid),
        stationName: Type.Optional(Type.String()),
        evse: Type.Optional(Type.Integer({ description: 'Of a faulted one: its number at the station' })),
        reservationId: Type.Optional(Uuid),
        reservationCode: Type.Optional(Type.String()),
        sessionId: Type.Optional(Uuid),
        since: Instant,
        action: Type.Optional(Type.String()),
      }),
    ),
    counts: Type.Object({
      stations: Type.Integer(),
      online: Type.Integer(),
      evses: Type.Record(Type.String(), Type.Integer()),
      sessionsActive: Type.Integer(),
      powerW: Watts,
      vehiclesChargedToday: Type.Integer(),
      energyTodayWh: WattHours,
      revenueToday: Money,
      overallSocPercent: Type.Optional(Type.Number()),
    }),
  }),
  async handle({ caller: { tenantId }, tx, services }) {
    const site = (await listSites(tx, tenantId, { limit: 1 }))[0]
    const now = services.clock.now()
    const counts = await overviewCounts(tx, tenantId, dayOf(now, site?.timeZone ?? 'UTC'))
    const needs = await listNeeds(tx, tenantId)
    const unheld = await listReservations(tx, tenantId, {
      state: 'confirmed',
      inError: true,
      due: slotsDue(now),
      from: now,
      limit: MOST_UNHELD,
    })
    const { currency, revenueTodayMicros, evses, ...figures } = counts
    return {
      needs: [...needs.map(needView), ...unheld.map(reservationNeed)],
      counts: given({
        ...figures,
        evses: Object.fromEntries(EVSE_STATUSES.map((status) => [status, evses[status] ?? 0])),
        revenueToday: { currency: currency ?? 'EUR', micros: revenueTodayMicros },
        overallSocPercent: overallSoc(await vehiclesCharging(tx, tenantId)),
      }),
    }
  },
})
