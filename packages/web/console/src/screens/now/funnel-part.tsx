import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { formatPercent } from '@voltway/ui'
import { useMemo } from 'react'
import { Part } from '../../components/page.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { funnelQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { Funnel } from './funnel.tsx'
import { lastDays } from './last-days.ts'

const route = getRouteApi('/shell/')

/** The success funnel over a period, with the rate that tells it in one number. */
export const FunnelPart = () => {
  const { days = '7' } = route.useSearch()
  const navigate = route.useNavigate()
  const { from, to } = useMemo(() => lastDays(Number(days) || 7), [days])
  const { data, error, refetch } = useQuery(funnelQuery(from, to))
  const count = (step: string) => data?.steps.find((one) => one.step === step)?.count ?? 0
  const rate = count('plugged') > 0 ? (100 * count('endedWell')) / count('plugged') : undefined
  return (
    <Part
      title={t('now.funnel')}
      hint={
        <>
          {t('now.funnelHint', { days: Number(days) })}
          {rate !== undefined && (
            <>
              {' '}
              {t('now.successRate')}: <strong>{formatPercent(rate)}</strong>
            </>
          )}
        </>
      }
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('now.days')}
          value={days}
          onChange={(next) => void navigate({ search: { days: next }, replace: true })}
          data={[
            { value: '1', label: t('now.day') },
            { value: '7', label: t('now.week') },
            { value: '30', label: t('now.month') },
          ]}
        />
      }
    >
      {error && !data ? <ProblemNote error={error} onRetry={() => void refetch()} /> : null}
      {data && count('plugged') === 0 ? <div className="c-surface">{t('now.funnelEmpty')}</div> : null}
      {data && count('plugged') > 0 ? (
        <Funnel
          funnel={data}
          lossLink={({ step, cause, errorCode }, content) => (
            <Link to="/sessions" search={{ lostStep: step, lostCause: cause, lostCode: errorCode, days }}>
              {content}
            </Link>
          )}
        />
      ) : null}
    </Part>
  )
}
