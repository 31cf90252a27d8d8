import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { StatusTimeline } from '@voltway/ui'
import { useMemo } from 'react'
import type { Site } from '../../api-types.ts'
import { Page, Part } from '../../components/page.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { sitesQuery, siteTimelineQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { lastDays } from '../now/last-days.ts'
import { EnergyTermsPart } from './energy-terms-part.tsx'
import { PlanPart } from './plan-part.tsx'
import { SitePowerPart } from './site-power-part.tsx'
import { useEvseNames } from './use-evse-names.ts'
import { VehiclesPart } from './vehicles-part.tsx'

const route = getRouteApi('/shell/energy')

const TimelinePart = ({ site }: { readonly site: Site }) => {
  const navigate = useNavigate()
  const names = useEvseNames(site.id)
  const span = useMemo(() => lastDays(7), [])
  const { data, error, refetch } = useQuery(siteTimelineQuery(site.id, span.from, span.to))
  return (
    <Part title={t('energy.timeline')}>
      {error && !data ? <ProblemNote error={error} onRetry={() => void refetch()} /> : null}
      {data && (
        <div className="c-surface">
          {data.evses.length > 0 ? (
            <StatusTimeline
              {...span}
              timeZone={site.timeZone}
              rows={data.evses.map((evse) => ({ ...evse, label: names.get(evse.id) ?? evse.label }))}
              label={t('energy.timeline')}
              usableWord={t('energy.usable')}
              onSelect={(evseId) => void navigate({ to: '/sessions', search: { evseId } })}
            />
          ) : (
            t('energy.timelineEmpty')
          )}
        </div>
      )}
    </Part>
  )
}

/** A site's power under its limit, the batteries on it, and what its EVSEs were over a week. */
export const EnergyScreen = () => {
  const { siteId, hours = '24' } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, refetch } = useQuery(sitesQuery)
  const sites = data?.items ?? []
  const site = sites.find(({ id }) => id === siteId) ?? [...sites].sort((a, b) => b.powerW - a.powerW)[0]
  return (
    <Page
      title={t('energy.title')}
      actions={
        <>
          <NativeSelect
            size="xs"
            aria-label={t('energy.site')}
            value={site?.id ?? ''}
            onChange={({ currentTarget }) => void navigate({ search: (old) => ({ ...old, siteId: currentTarget.value }), replace: true })}
            data={sites.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <SegmentedControl
            size="xs"
            aria-label={t('energy.span')}
            value={hours}
            onChange={(next) => void navigate({ search: (old) => ({ ...old, hours: next }), replace: true })}
            data={(['6', '24', '72'] as const).map((value) => ({ value, label: t(`energy.span.${value}`) }))}
          />
        </>
      }
    >
      {error && !data ? <ProblemNote error={error} onRetry={() => void refetch()} /> : null}
      {data && !site ? <div>{t('map.empty')}</div> : null}
      {site && (
        <div>
          <SitePowerPart site={site} hours={Number(hours) || 24} />
          <PlanPart key={`plan ${site.id}`} site={site} />
          <EnergyTermsPart site={site} />
          <VehiclesPart />
          <TimelinePart key={site.id} site={site} />
        </div>
      )}
    </Page>
  )
}
