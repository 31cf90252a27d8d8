import { useQuery } from '@tanstack/react-query'
import { Page, Part } from '../../components/page.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { overviewQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { Figures } from './figures.tsx'
import { FunnelPart } from './funnel-part.tsx'
import { Needs } from './needs.tsx'

/** What needs me, how it goes now, and where sessions are lost. */
export const NowScreen = () => {
  const { data, error, refetch } = useQuery(overviewQuery)
  return (
    <Page title={t('now.title')}>
      {error && !data ? (
        <ProblemNote error={error} onRetry={() => void refetch()} />
      ) : (
        <>
          <Part title={t('now.needs')}>
            <Needs needs={data?.needs} />
          </Part>
          <Part title={t('now.figures')}>{data && <Figures counts={data.counts} />}</Part>
          <FunnelPart />
        </>
      )}
    </Page>
  )
}
