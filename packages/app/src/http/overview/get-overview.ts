import { EVSE_STATUSES } from '@voltway/domain/stations'
import { listNeeds, listSites, type NeedRow, overviewCounts, vehiclesCharging } from '@voltway/store'
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

/** Midnight where the first site is. */
const startOfDay = (now: EpochMs, timeZone: string): EpochMs => epochMs(wallClock(now, timeZone).startOfDay().epochMilliseconds)

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
    const counts = await overviewCounts(tx, tenantId, startOfDay(services.clock.now(), site?.timeZone ?? 'UTC'))
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
