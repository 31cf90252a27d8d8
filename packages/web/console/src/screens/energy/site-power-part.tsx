import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { formatPercent, formatPower, PowerChart, type PowerSpan, useNow } from '@voltway/ui'
import { useMemo } from 'react'
import type { Site, SitePower } from '../../api-types.ts'
import { Part } from '../../components/page.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { sitePowerQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { useEvseNames } from './use-evse-names.ts'

/** Planned power holds from one point to the next; equal neighbours are one step. */
const plannedSteps = ({ points }: SitePower): readonly PowerSpan[] => {
  const steps: { from: string; to: string; powerW: number }[] = []
  points.forEach(({ at, plannedW }, index) => {
    const to = points[index + 1]?.at
    // Nothing planned is no line, not a line at zero.
    if (!plannedW || to === undefined) return
    const last = steps.at(-1)
    if (last && last.powerW === plannedW && last.to === at) last.to = to
    else steps.push({ from: at, to, powerW: plannedW })
  })
  return steps
}

/** What each EVSE of a site drew, stacked under the grid limit, with the plans, the sun and the price. */
export const SitePowerPart = ({ site, hours }: { readonly site: Site; readonly hours: number }) => {
  const now = useNow(60_000)
  const names = useEvseNames(site.id)
  const minute = Math.floor(now / 60_000)
  const span = useMemo(() => {
    const end = minute * 60_000
    return { from: new Date(end - hours * 3_600_000).toISOString(), to: new Date(end + hours * 1_200_000).toISOString() }
  }, [minute, hours])
  const { data, error, refetch } = useQuery({ ...sitePowerQuery(site.id, span.from, span.to), placeholderData: keepPreviousData })
  const chart = useMemo(() => {
    if (!data) return undefined
    const seen = data.points.filter(({ at }) => Date.parse(at) <= minute * 60_000 + 60_000)
    return {
      times: seen.map(({ at }) => Date.parse(at)),
      layers: data.evses
        .map(({ id, label }) => ({ id, label: names.get(id) ?? label, values: seen.map(({ byEvse }) => byEvse[id] ?? 0) }))
        .filter(({ values }) => values.some((value) => value > 0)),
      planned: plannedSteps(data),
    }
  }, [data, minute, names])
  const cap = data?.caps?.find(({ from, to }) => Date.parse(from) <= now && now < Date.parse(to))?.powerW
  const limit = Math.min(site.gridLimitW ?? Number.POSITIVE_INFINITY, cap ?? Number.POSITIVE_INFINITY)
  // Infinite where nothing limits, and nothing can be said of a cap of nothing.
  const share = limit > 0 && Number.isFinite(limit) ? ` · ${formatPercent((100 * site.powerW) / limit)} ${t('energy.ofLimit')}` : ''
  return (
    <Part title={t('energy.power', { site: site.name })} hint={`${t('energy.powerNow')} ${formatPower(site.powerW)}${share}`}>
      {error && !data ? <ProblemNote error={error} onRetry={() => void refetch()} /> : null}
      {data && chart && (
        <div className="c-surface">
          {chart.times.length > 0 ? (
            <PowerChart
              {...span}
              {...chart}
              label={t('energy.power', { site: site.name })}
              timeZone={site.timeZone}
              limitW={data.gridLimitW ?? site.gridLimitW}
              caps={data.caps}
              prices={data.prices}
              {...(data.solar && { solar: data.solar })}
              now={now}
              height={300}
              words={{
                total: t('chart.total'),
                planned: t('chart.planned'),
                limit: t('chart.limit'),
                price: t('chart.price'),
                solar: t('chart.solar'),
              }}
            />
          ) : (
            t('energy.powerEmpty')
          )}
        </div>
      )}
    </Part>
  )
}
