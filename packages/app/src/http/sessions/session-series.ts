import { foldSession, usageOf } from '@voltway/domain/sessions'
import { costOf, parseTariff, priceLine, type Tariff } from '@voltway/domain/tariffs'
import { latestCarPlan, type SessionListRow, sessionProfiles, type Tx, transactionFacts } from '@voltway/store'
import { type EpochMs, epochMs, isoOf, moneyToJson, type TenantId } from '@voltway/units'
import { type PlannedStep, plannedSteps } from '../../planning/planned-steps.ts'
import { given } from '../given.ts'
import type { SessionSeriesView } from '../schemas/session.ts'
import { forecastOf } from '../views/forecast-of.ts'
import { storedPlan } from '../views/plan-view.ts'

/** A chart needs no more points than a screen has columns. */
const MOST_POINTS = 400

const thinned = <Item>(items: readonly Item[]): readonly Item[] => {
  const every = Math.ceil(items.length / MOST_POINTS)
  return items.filter((_, index) => index % every === 0 || index === items.length - 1)
}

/** The last of a list sorted by time at or before an instant. */
const lastAt = <Item extends { readonly at: EpochMs }>(items: readonly Item[]) => {
  let next = 0
  return (at: EpochMs): Item | undefined => {
    while (next < items.length && (items[next]?.at ?? Infinity) <= at) next++
    return items[next - 1]
  }
}

const tariffOf = (json: unknown): Tariff | undefined => {
  const parsed = json ? parseTariff(json) : undefined
  return parsed?.ok ? parsed.value : undefined
}

type Steering = NonNullable<SessionSeriesView['steering']>

/** What the site's plan holds for a session that goes on and is steered. */
const steeringOf = async (
  tx: Tx,
  { tenantId, now }: { readonly tenantId: TenantId; readonly now: EpochMs },
  { session, told }: { readonly session: SessionListRow; readonly told: readonly PlannedStep[] },
): Promise<Steering | undefined> => {
  const step = told.find(({ from, to }) => from <= now && now < to)
  if (session.endedAt !== null || !step) return undefined
  const car = await latestCarPlan(tx, tenantId, session.id)
  const code = typeof car?.reason === 'object' && car.reason !== null && 'code' in car.reason ? String(car.reason.code) : undefined
  return car && code ? { allowedW: step.powerW, shortfallWh: car.shortfallWh, code } : undefined
}

/** What the site's panels are forecast to give from its start until its end, or as far ahead as it is planned; undefined where nobody said. */
const sunOf = async (
  tx: Tx,
  { tenantId, now }: { readonly tenantId: TenantId; readonly now: EpochMs },
  { session, planned }: { readonly session: SessionListRow; readonly planned: SessionSeriesView['planned'] },
): Promise<SessionSeriesView['solar']> => {
  const ahead = Date.parse(planned.findLast(({ powerW }) => powerW > 0)?.to ?? '')
  const to = session.endedAt ?? epochMs(Math.max(now, Number.isNaN(ahead) ? now : ahead))
  const solar = await forecastOf(tx, tenantId, { siteId: session.siteId, from: session.startedAt, to, kind: 'pv' })
  return solar.length > 0 ? solar : undefined
}

/** A session over time: power, energy, battery and cost so far, beside its plan, the price and the sun. */
export const sessionSeries = async (
  tx: Tx,
  { tenantId, now }: { readonly tenantId: TenantId; readonly now: EpochMs },
  row: SessionListRow,
): Promise<SessionSeriesView> => {
  const { steps, readings } = await transactionFacts(tx, { tenantId, stationId: row.stationId, transactionId: row.transactionId })
  const tariff = tariffOf(row.tariff)
  const told = plannedSteps(await sessionProfiles(tx, tenantId, { sessionId: row.id }))
  // What its station was told, where it is steered; else the plan that was accepted.
  const allowed = told.length > 0 ? told.map(({ from, to, powerW }) => ({ from: isoOf(from), to: isoOf(to), powerW })) : undefined
  const planned = allowed ?? storedPlan(row.plan)?.curve ?? []
  const limitW = row.evseMaxPowerW ?? undefined
  const steering = await steeringOf(tx, { tenantId, now }, { session: row, told })
  const solar = await sunOf(tx, { tenantId, now }, { session: row, planned })
  if (steps.length === 0) return given({ points: [], planned, prices: [], allowed, solar, limitW, steering })
  const fold = foldSession([...steps, ...readings])
  const powerAt = lastAt(fold.powers)
  const socAt = lastAt(fold.socs)
  const energyAt = lastAt(fold.points)
  const times = [...new Set([...fold.points, ...fold.powers, ...fold.socs].map(({ at }) => at))].sort((a, b) => a - b)
  const points = thinned(times).map((at) => {
    const energy = energyAt(at)
    return given({
      at: isoOf(at),
      powerW: powerAt(at)?.powerW,
      importWh: energy?.importWh ?? 0,
      exportWh: energy?.exportWh ?? 0,
      socPercent: socAt(at)?.percent,
      costMicros: tariff ? costOf(tariff, usageOf(fold, at)).totalMicros.toString() : '0',
    })
  })
  const until = row.endedAt ?? now
  const prices = tariff
    ? priceLine(tariff, fold.startedAt, until).map(({ from, to, perKwhMicros }) => ({
        from: isoOf(from),
        to: isoOf(to),
        perKwh: moneyToJson({ currency: tariff.currency, micros: perKwhMicros }),
      }))
    : []
  return given({ points, planned, prices, allowed, solar, limitW, steering })
}
