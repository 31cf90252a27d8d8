import { parseTariff, priceLine, resolveTariff } from '@voltway/domain/tariffs'
import { listEvses, listReservations, type SitePowerRow, sessionProfiles, sitePower } from '@voltway/store'
import { DAY, type EpochMs, epochMs, isoOf, MINUTE, moneyToJson } from '@voltway/units'
import { Type } from 'typebox'
import { type PlannedStep, plannedSteps } from '../../planning/planned-steps.ts'
import { given } from '../given.ts'
import { Problem } from '../problems.ts'
import { route } from '../route.ts'
import { IdParams, Instant, Money, period, Uuid, Watts } from '../schemas/common.ts'
import { findTariff } from '../tariffs/find-tariff.ts'
import { seriesOf, siteLoad } from '../tariffs/quote-context.ts'
import { labelOf } from '../views/evse-view.ts'
import { forecastOf } from '../views/forecast-of.ts'
import { storedPlan } from '../views/plan-view.ts'
import { instant, type Span, spanOf } from '../views/times.ts'
import { findSite } from './find-site.ts'

/** Bins of whole minutes, at most this many. */
const MOST_BINS = 300
const binOf = ({ from, to }: Span) => Math.max(MINUTE, Math.ceil((to - from) / MOST_BINS / MINUTE) * MINUTE)

/** A station samples at least this often while it charges: until then a reading stands for the bins behind it, then it is nothing. */
const READING_HOLDS = 10 * MINUTE

/** Every EVSE's power in every bin up to now: a gap between two sessions is zero, not a slope from one to the other. */
const powersOf = (rows: readonly SitePowerRow[], bins: readonly number[]): readonly Readonly<Record<string, number>>[] => {
  const read = Map.groupBy(rows, ({ at }) => Number(at))
  const held = new Map<string, { readonly at: number; readonly powerW: number }>()
  return bins.map((at) => {
    for (const { evseId, powerW } of read.get(at) ?? []) held.set(evseId, { at, powerW: Math.round(powerW) })
    return Object.fromEntries([...held].map(([evseId, last]) => [evseId, at - last.at <= READING_HOLDS ? last.powerW : 0]))
  })
}

const pointsOf = (rows: readonly SitePowerRow[], planned: readonly PlannedStep[], { from, to, now }: Span & { readonly now: EpochMs }) => {
  const binMs = binOf({ from, to })
  const first = Math.floor(from / binMs) * binMs
  const last = Math.max(Math.min(to, now), ...planned.map((step) => Math.min(step.to, to)))
  const bins = Array.from({ length: Math.max(0, Math.ceil((last - first) / binMs)) }, (_, index) => first + index * binMs)
  const powers = powersOf(rows, bins)
  return bins.map((at, index) => {
    const byEvse = at <= now ? (powers[index] ?? {}) : {}
    const plannedWh = planned.reduce(
      (sum, step) => sum + step.powerW * Math.max(0, Math.min(step.to, at + binMs) - Math.max(step.from, at)),
      0,
    )
    return {
      at: isoOf(epochMs(at)),
      byEvse,
      totalW: Object.values(byEvse).reduce((sum, powerW) => sum + powerW, 0),
      plannedW: Math.round(plannedWh / binMs),
    }
  })
}

const Step = Type.Object({ from: Instant, to: Instant, powerW: Watts })

export const getSitePowerRoute = route({
  id: 'getSitePower',
  method: 'GET',
  url: '/sites/:id/power',
  summary: 'What each connector drew, the plans and the price over a period; the last day unless told',
  access: 'stations:read',
  params: IdParams,
  query: Type.Object(period),
  reply: Type.Object({
    gridLimitW: Type.Optional(Watts),
    points: Type.Array(Type.Object({ at: Instant, byEvse: Type.Record(Type.String(), Type.Number()), totalW: Watts, plannedW: Watts })),
    prices: Type.Array(Type.Object({ from: Instant, to: Instant, perKwh: Money })),
    solar: Type.Optional(Type.Array(Step, { description: 'What the panels are forecast to give, where that is known' })),
    caps: Type.Optional(Type.Array(Step, { description: 'To what events of the grid cap the site, where there are any' })),
    evses: Type.Array(Type.Object({ id: Uuid, label: Type.String(), stationName: Type.Optional(Type.String()) })),
  }),
  async handle({ params, query, caller: { tenantId }, tx, services }) {
    const now = services.clock.now()
    const span = spanOf(query, { from: epochMs(now - DAY), to: now })
    if (span.to - span.from > 35 * DAY)
      throw new Problem('REQUEST_INVALID', 'The period is longer than 35 days.', {
        errors: [{ path: 'query.to', message: 'at most 35 days after from' }],
      })
    const site = await findSite(tx, tenantId, params.id)
    const evses = await listEvses(tx, tenantId, { siteIds: [site.id], now })
    const rows = await sitePower(tx, tenantId, { siteId: site.id, ...span, binMs: binOf(span) })
    const reservations = await listReservations(tx, tenantId, { siteId: site.id, ...span, limit: 1_000 })
    const told = Map.groupBy(await sessionProfiles(tx, tenantId, { siteId: site.id, ...span }), ({ sessionId }) => sessionId)
    const accepted = reservations
      // Once its car is there, a plan is what the station was told.
      .filter(({ state, sessionId }) => state !== 'cancelled' && state !== 'released' && !(sessionId && told.has(sessionId)))
      .flatMap(({ plan }) => storedPlan(plan)?.curve ?? [])
      .map(({ from, to, powerW }) => ({ from: instant(from, 'plan'), to: instant(to, 'plan'), powerW }))
    const planned = [...accepted, ...[...told.values()].flatMap(plannedSteps)]
    const parsed = site.tariffId === null ? undefined : parseTariff((await findTariff(tx, tenantId, site.tariffId)).definition)
    const prices = async () => {
      if (!parsed?.ok) return []
      const series = await seriesOf(tx, tenantId, { tariff: parsed.value, ...span })
      const tariff = resolveTariff(parsed.value, { at: span.from, slotTaken: false, series, load: siteLoad(site) })
      return priceLine(tariff, span.from, span.to).map(({ from, to, perKwhMicros }) => ({
        from: isoOf(from),
        to: isoOf(to),
        perKwh: moneyToJson({ currency: tariff.currency, micros: perKwhMicros }),
      }))
    }
    const solar = await forecastOf(tx, tenantId, { siteId: site.id, ...span, kind: 'pv' })
    const caps = await forecastOf(tx, tenantId, { siteId: site.id, ...span, kind: 'cap' })
    return given({
      gridLimitW: site.gridLimitW,
      points: pointsOf(rows, planned, { ...span, now: services.clock.now() }),
      prices: await prices(),
      solar: solar.length > 0 ? solar : undefined,
      caps: caps.length > 0 ? caps : undefined,
      evses: evses.map((evse) => ({ id: evse.id, label: labelOf(evse), stationName: evse.stationName })),
    })
  },
})
