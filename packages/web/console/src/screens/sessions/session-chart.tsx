import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatMoney, formatNumber, PowerChart, TimeSeries } from '@voltway/ui'
import { useMemo, useState } from 'react'
import type { Session, SessionSeries } from '../../api-types.ts'
import { Part } from '../../components/page.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { sessionSeriesQuery } from '../../queries.ts'
import { t } from '../../text.ts'

const VIEWS = ['power', 'energy', 'soc', 'cost'] as const
type View = (typeof VIEWS)[number]

const kwh = (value: number) => `${formatNumber(value, 1)} kWh`
const percent = (value: number) => `${formatNumber(value)} %`

const Power = ({
  session,
  series,
  times,
}: {
  readonly session: Session
  readonly series: SessionSeries
  readonly times: readonly number[]
}) => {
  const starts = [session.startedAt, ...series.planned.map(({ from }) => from)].map((at) => Date.parse(at))
  // As far as power is planned: what comes after the last of it says nothing.
  const planned = series.planned.findLast(({ powerW }) => powerW > 0)?.to
  const ends = [session.endedAt ?? session.endsBy, series.points.at(-1)?.at, planned].flatMap((at) => (at ? [Date.parse(at)] : []))
  const [from, to] = [Math.min(...starts), Math.max(...ends, Date.parse(session.startedAt) + 60_000)]
  const layers = useMemo(
    () => [{ id: 'measured', label: t('session.chart.measured'), values: series.points.map(({ powerW }) => powerW ?? 0) }],
    [series],
  )
  return (
    <PowerChart
      label={t('session.chart')}
      from={new Date(from).toISOString()}
      to={new Date(to).toISOString()}
      timeZone={session.timeZone}
      times={times}
      layers={layers}
      planned={series.planned}
      prices={series.prices}
      limitW={series.limitW}
      words={{ total: t('chart.total'), planned: t('chart.planned'), limit: t('chart.limit'), price: t('chart.price') }}
    />
  )
}

const Line = ({
  view,
  session,
  series,
  times,
}: {
  readonly view: Exclude<View, 'power'>
  readonly session: Session
  readonly series: SessionSeries
  readonly times: readonly number[]
}) => {
  const values = useMemo(
    () =>
      series.points.map((point) =>
        view === 'energy' ? point.importWh / 1000 : view === 'soc' ? (point.socPercent ?? null) : Number(point.costMicros) / 1e6,
      ),
    [series, view],
  )
  const currency = session.cost?.currency ?? series.prices[0]?.perKwh.currency ?? 'EUR'
  const money = useMemo(() => (value: number) => formatMoney({ currency, micros: String(Math.round(value * 1e6)) }), [currency])
  const lines = useMemo(() => [{ label: t(`session.chart.${view}`), colour: 'var(--vw-accent)', values, fill: true }], [values, view])
  return (
    <TimeSeries
      label={t(`session.chart.${view}`)}
      times={times}
      series={lines}
      timeZone={session.timeZone}
      format={view === 'energy' ? kwh : view === 'soc' ? percent : money}
      height={260}
    />
  )
}

/** The session over time: power against plan and limit with the price below, or its energy, battery or cost. */
export const SessionChart = ({ session }: { readonly session: Session }) => {
  const [view, setView] = useState<View>('power')
  const { data: series, error, refetch } = useQuery(sessionSeriesQuery(session.id))
  const times = useMemo(() => series?.points.map(({ at }) => Date.parse(at)) ?? [], [series])
  return (
    <Part
      title={t('session.chart')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('session.chart.as')}
          value={view}
          onChange={(next) => setView(VIEWS.find((one) => one === next) ?? 'power')}
          data={VIEWS.filter((one) => one !== 'soc' || session.socPercent !== undefined).map((one) => ({
            value: one,
            label: t(`session.chart.${one}`),
          }))}
        />
      }
    >
      {error && !series ? <ProblemNote error={error} onRetry={() => void refetch()} /> : null}
      {series && (
        <div className="c-surface">
          {times.length === 0 && series.planned.length === 0 ? (
            t('session.chart.empty')
          ) : view === 'power' ? (
            <Power session={session} series={series} times={times} />
          ) : (
            <Line view={view} session={session} series={series} times={times} />
          )}
        </div>
      )}
    </Part>
  )
}
