import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { StatusTimeline } from '@voltway/ui'
import { useMemo } from 'react'
import type { StationDetail } from '../../api-types.ts'
import { ProblemNote } from '../../components/problem.tsx'
import { sitesQuery, stationTimelineQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { lastDays } from '../now/last-days.ts'

/** What each EVSE was over the last seven days. */
export const TimelineTab = ({ station }: { readonly station: StationDetail }) => {
  const navigate = useNavigate()
  const span = useMemo(() => lastDays(7), [])
  const { data, error, refetch } = useQuery(stationTimelineQuery(station.id, span.from, span.to))
  const site = useQuery(sitesQuery).data?.items.find(({ id }) => id === station.siteId)
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  return (
    <div className="c-surface">
      {data?.evses.some(({ segments }) => segments.length > 0) ? (
        <StatusTimeline
          {...span}
          timeZone={site?.timeZone ?? 'UTC'}
          rows={data.evses}
          label={t('energy.timeline')}
          usableWord={t('energy.usable')}
          onSelect={(evseId) => void navigate({ to: '/sessions', search: { evseId } })}
        />
      ) : (
        data && t('timeline.empty')
      )}
    </div>
  )
}
