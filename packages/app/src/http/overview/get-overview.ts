import { EVSE_STATUSES } from '@voltway/domain/stations'
import { type Day, listNeeds, listSites, type NeedRow, overviewCounts, vehiclesCharging } from '@voltway/store'
import { type EpochMs, epochMs, isoOf, wallClock } from '@voltway/units'
import { Type } from 'typebox'
import { overallSoc } from '../drivers/vehicles-charging.ts'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { Instant, Money, OneOf, Uuid, WattHours, Watts } from '../schemas/common.ts'

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
    title: ({ detail, stationName }) => ['Connector faulted', stationName, detail].filter(Boolean).join(' · '),
    action: 'resetStation',
  },
  offline: { severity: 'medium', title: ({ stationName }) => `Station offline · ${stationName}`, action: 'openStation' },
}

const needView = (row: NeedRow) =>
  given({
    kind: row.kind,
    severity: KINDS[row.kind].severity,
    title: KINDS[row.kind].title(row),
    alarmId: row.alarmId,
    stationId: row.stationId,
    sessionId: row.sessionId,
    since: isoOf(row.since),
    action: KINDS[row.kind].action,
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
        alarmId: Type.Optional(Uuid),
        stationId: Type.Optional(Uuid),
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
    const counts = await overviewCounts(tx, tenantId, dayOf(services.clock.now(), site?.timeZone ?? 'UTC'))
    const needs = await listNeeds(tx, tenantId)
    const { currency, revenueTodayMicros, evses, ...figures } = counts
    return {
      needs: needs.map(needView),
      counts: given({
        ...figures,
        evses: Object.fromEntries(EVSE_STATUSES.map((status) => [status, evses[status] ?? 0])),
        revenueToday: { currency: currency ?? 'EUR', micros: revenueTodayMicros },
        overallSocPercent: overallSoc(await vehiclesCharging(tx, tenantId)),
      }),
    }
  },
})
