import { useQueries, useQuery } from '@tanstack/react-query'
import { DataTable, useNow } from '@voltway/ui'
import { useMemo } from 'react'
import { ProblemNote } from '../../components/problem.tsx'
import { funnelQuery, sessionQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { lastDays } from '../now/last-days.ts'
import { sessionColumns, sessionTone } from './session-columns.tsx'

const MOST = 60

interface LostSessionsProps {
  readonly step: string
  readonly cause: string
  readonly code: string | undefined
  readonly days: number
}

/** The sessions behind one cause of loss in the funnel. */
export const LostSessions = ({ step, cause, code, days }: LostSessionsProps) => {
  const now = useNow(60_000)
  const { from, to } = useMemo(() => lastDays(days), [days])
  const funnel = useQuery(funnelQuery(from, to))
  const ids =
    funnel.data?.losses.find((loss) => loss.step === step && loss.cause === cause && loss.errorCode === code)?.sessionIds.slice(0, MOST) ??
    []
  const answers = useQueries({ queries: ids.map((id) => sessionQuery(id)) })
  const rows = answers.flatMap(({ data }) => (data ? [data] : []))
  if (funnel.error) return <ProblemNote error={funnel.error} onRetry={() => void funnel.refetch()} />
  return (
    <DataTable
      caption={t('sessions.title')}
      columns={sessionColumns(now)}
      rows={rows}
      rowKey={({ id }) => id}
      toneOf={sessionTone}
      loading={funnel.isPending || answers.some(({ isPending }) => isPending)}
      empty={t('list.nothingFound')}
    />
  )
}
