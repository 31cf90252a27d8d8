import { Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api, type Column, DataTable, formatEnergy, formatMoney, formatNumber, formatPower, formatTime, useNow } from '@voltway/ui'
import type { PlannedCar, Site, SitePlan } from '../../api-types.ts'
import { Facts } from '../../components/facts.tsx'
import { Part } from '../../components/page.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { sitePlanQuery } from '../../queries.ts'
import { type TextKey, t } from '../../text.ts'
import { useAction } from '../../use-action.ts'
import { useScopes } from '../../use-scopes.ts'

type Plan = NonNullable<SitePlan['plan']>

const spanAt = ({ curve }: PlannedCar, now: number) => curve.find(({ from, to }) => Date.parse(from) <= now && now < Date.parse(to))

const Why = ({ car: { why, shortfallWh } }: { readonly car: PlannedCar }) => (
  <>
    {t(`why.${why.code}` as TextKey)}
    {why.at && shortfallWh > 0 && <span className="c-sub">{t(`why.at.${why.at}` as TextKey)}</span>}
  </>
)

const columnsAt = (now: number, timeZone: string): readonly Column<PlannedCar>[] => [
  {
    id: 'where',
    header: t('energy.where'),
    cell: ({ stationName, evseLabel, sessionId }) => {
      const place = (
        <>
          {stationName}
          <span className="c-sub">{sessionId ? evseLabel : `${evseLabel} · ${t('energy.expected')}`}</span>
        </>
      )
      return sessionId ? (
        <Link to="/sessions/$id" params={{ id: sessionId }} className="vw-row-link">
          {place}
        </Link>
      ) : (
        place
      )
    },
    sortBy: ({ stationName, evseLabel }) => `${stationName} ${evseLabel}`,
  },
  {
    id: 'allowed',
    header: t('energy.allowed'),
    unit: 'kW',
    numeric: true,
    cell: (car) => {
      const span = spanAt(car, now)
      return (
        <>
          {formatNumber((span?.powerW ?? 0) / 1000, 1)}
          {span && <span className="c-sub">{t('energy.until', { time: formatTime(span.to, timeZone) })}</span>}
          {car.phases?.startsWith('L') && <span className="c-sub">{t('energy.phase', { phase: car.phases })}</span>}
        </>
      )
    },
    sortBy: (car) => spanAt(car, now)?.powerW ?? 0,
  },
  {
    id: 'planned',
    header: t('energy.planned'),
    unit: 'kWh',
    numeric: true,
    show: 'wide',
    cell: ({ plannedWh }) => formatNumber(plannedWh / 1000, 1),
    sortBy: ({ plannedWh }) => plannedWh,
  },
  {
    id: 'lacks',
    header: t('energy.lacks'),
    unit: 'kWh',
    numeric: true,
    show: 'wide',
    cell: ({ shortfallWh }) => (shortfallWh > 0 ? formatNumber(shortfallWh / 1000, 1) : '–'),
    sortBy: ({ shortfallWh }) => shortfallWh,
  },
  {
    id: 'marginal',
    header: t('energy.marginal'),
    numeric: true,
    show: 'wide',
    cell: ({ why }) => (
      <>
        {why.marginalPerKwh ? formatMoney(why.marginalPerKwh, 3) : '–'}
        {why.congestionPerKwh && Number(why.congestionPerKwh.micros) > 0 && (
          <span className="c-sub">
            {formatMoney(why.congestionPerKwh, 3)} {t('energy.congestion')}
          </span>
        )}
      </>
    ),
    sortBy: ({ why }) => Number(why.marginalPerKwh?.micros ?? 0),
  },
  { id: 'why', header: t('energy.why'), cell: (car) => <Why car={car} />, sortBy: ({ why }) => why.code },
]

const proofOf = ({ costGap, shortfallGapWh }: Plan) =>
  costGap.micros === '0' && shortfallGapWh === 0
    ? t('energy.proofBest')
    : t('energy.proofGap', { gap: [formatMoney(costGap), ...(shortfallGapWh > 0 ? [formatEnergy(shortfallGapWh)] : [])].join(', ') })

const PlanFacts = ({ plan }: { readonly plan: Plan }) => (
  <Facts
    facts={[
      [t('energy.planned'), formatEnergy(plan.plannedWh)],
      [t('energy.cost'), formatMoney(plan.cost)],
      [t('energy.planner'), t(`energy.planner.${plan.planner}` as TextKey)],
      ...(plan.solarWh ? [[t('energy.solar'), formatEnergy(plan.solarWh)] as const] : []),
      ...(plan.peakRiseW ? [[t('energy.peakRise'), formatPower(plan.peakRiseW)] as const] : []),
      ...(plan.anticipated
        ? [
            [
              t('energy.early'),
              t('energy.earlyBy', { energy: formatEnergy(plan.anticipated.earlyWh), days: plan.anticipated.days }),
            ] as const,
          ]
        : []),
      [t('energy.lacks'), plan.shortfallWh > 0 ? formatEnergy(plan.shortfallWh) : '–'],
      [t('energy.proof'), proofOf(plan)],
    ]}
  />
)

/** Turns steering of a site on and off. */
const SteerSwitch = ({ site, isOn }: { readonly site: Site; readonly isOn: boolean }) => {
  const change = useAction({
    run: (steering: boolean) => api<Site>('PATCH', `/sites/${site.id}`, { steering }),
    stale: [['sites'], ['plan', site.id]],
    said: (_, steering) => t(steering ? 'energy.steerOn' : 'energy.steerOff'),
  })
  return (
    <Switch
      size="sm"
      label={t('energy.steer')}
      checked={change.isPending ? change.variables : isOn}
      disabled={change.isPending}
      onChange={({ currentTarget }) => change.mutate(currentTarget.checked)}
    />
  )
}

/** What a site's stations are told and why: each car's power, energy, price and the limit in its way. */
export const PlanPart = ({ site }: { readonly site: Site }) => {
  const now = useNow(15_000)
  const may = useScopes()
  const { data, error, refetch } = useQuery(sitePlanQuery(site.id))
  const plan = data?.plan
  const isOn = data?.steering ?? false
  const reasons = plan?.reasons.map((reason) => t(`reason.${reason}` as TextKey)).join(', ') ?? ''
  return (
    <Part
      title={t('energy.plan')}
      hint={isOn && plan ? t('energy.planMade', { time: formatTime(plan.plannedAt, site.timeZone), reasons }) : undefined}
      actions={data && may('stations:write') ? <SteerSwitch site={site} isOn={isOn} /> : undefined}
    >
      {error && !data ? <ProblemNote error={error} onRetry={() => void refetch()} /> : null}
      {data && !isOn && <div className="c-surface">{t('energy.planOff')}</div>}
      {data && isOn && !plan && <div className="c-surface">{t('energy.planNone')}</div>}
      {isOn && plan && (
        <>
          {plan.cars.length > 0 && (
            <div className="c-plan-facts">
              <PlanFacts plan={plan} />
            </div>
          )}
          <DataTable
            caption={t('energy.plan')}
            columns={columnsAt(now, site.timeZone)}
            rows={plan.cars}
            rowKey={({ evseId, sessionId, reservationId }) => sessionId ?? reservationId ?? evseId}
            toneOf={({ shortfallWh, why }) => (shortfallWh > 0 && why.code !== 'soonest' ? 'warning' : undefined)}
            empty={t('energy.planIdle')}
          />
        </>
      )}
    </Part>
  )
}
