import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Age, type Column, type EvseStatusName, formatNumber, StatusBadge, statusWord, useNow } from '@voltway/ui'
import type { Station } from '../../api-types.ts'
import { ChoiceFilter, Filters, InErrorFilter, SearchFilter, SiteFilter } from '../../components/filters.tsx'
import { ListView } from '../../components/list-view.tsx'
import { Page } from '../../components/page.tsx'
import { listQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { useScopes } from '../../use-scopes.ts'
import { CreateStation } from './create-station.tsx'
import { LinkWord } from './link-word.tsx'

const route = getRouteApi('/shell/stations')
const STATUSES: readonly EvseStatusName[] = [
  'available',
  'occupied',
  'charging',
  'suspended',
  'reserved',
  'unavailable',
  'faulted',
  'offline',
  'unknown',
]

const powerOf = ({ evses }: Station) => evses.reduce((sum, { session }) => sum + (session?.powerW ?? 0), 0)
const byStatus = ({ evses }: Station) =>
  [...Map.groupBy(evses, ({ status }) => status)].map(([status, list]) => ({ status, count: list.length }))
const isBad = (station: Station) => !station.online || station.openAlarms > 0 || station.evses.some(({ status }) => status === 'faulted')

const columnsAt = (now: number): readonly Column<Station>[] => [
  {
    id: 'name',
    header: t('stations.name'),
    cell: ({ id, name, siteName }) => (
      <>
        <Link to="/stations/$id" params={{ id }} className="vw-row-link">
          {name}
        </Link>
        <span className="c-sub">{siteName}</span>
      </>
    ),
    sortBy: ({ name }) => name,
  },
  {
    id: 'link',
    header: t('stations.link'),
    cell: (station) => <LinkWord online={station.online} />,
    sortBy: ({ online }) => (online ? 1 : 0),
  },
  {
    id: 'evses',
    header: t('stations.evses'),
    cell: (station) => (
      <span className="c-chips">
        {byStatus(station).map(({ status, count }) => (
          <span key={status} className="c-chip">
            {station.evses.length > 1 && <b>{count}</b>} <StatusBadge status={status} />
          </span>
        ))}
      </span>
    ),
  },
  {
    id: 'power',
    header: t('stations.power'),
    unit: 'kW',
    numeric: true,
    cell: (station) => formatNumber(powerOf(station) / 1000, 1),
    sortBy: powerOf,
  },
  {
    id: 'alarms',
    header: t('stations.alarms'),
    numeric: true,
    show: 'wide',
    cell: ({ openAlarms }) => (openAlarms > 0 ? openAlarms : ''),
    sortBy: ({ openAlarms }) => openAlarms,
  },
  {
    id: 'version',
    header: t('stations.version'),
    show: 'wider',
    cell: ({ ocppVersion }) => ocppVersion?.replace('ocpp', '') ?? t('word.unknown'),
  },
  {
    id: 'model',
    header: t('stations.model'),
    show: 'wider',
    cell: ({ vendor, model }) => <span className="c-nowrap">{[vendor, model].filter(Boolean).join(' ') || t('word.unknown')}</span>,
    sortBy: ({ vendor, model }) => `${vendor} ${model}`,
  },
  {
    id: 'seen',
    header: t('stations.lastSeen'),
    show: 'wide',
    cell: ({ lastSeenAt }) => (lastSeenAt ? <Age at={lastSeenAt} now={now} /> : t('word.unknown')),
    sortBy: ({ lastSeenAt }) => lastSeenAt,
  },
]

/** All charging stations, found by name, site or status. */
export const StationsScreen = () => {
  const { create, ...search } = route.useSearch()
  const navigate = route.useNavigate()
  const may = useScopes()
  const now = useNow(15_000)
  const filter = (change: Partial<typeof search>) => void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const query = useInfiniteQuery(listQuery<Station>('stations', '/stations', search))
  const filtered = Object.keys(search).length > 0
  return (
    <Page
      title={t('stations.title')}
      actions={
        may('stations:write') && (
          <Button
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => void navigate({ search: { ...search, create: true } })}
          >
            {t('stations.new')}
          </Button>
        )
      }
    >
      <div>
        <Filters>
          <SearchFilter value={search.q ?? ''} onChange={(q) => filter({ q })} />
          <SiteFilter value={search.siteId} onChange={(siteId) => filter({ siteId })} />
          <ChoiceFilter
            label={t('stations.status')}
            all={t('list.allStates')}
            value={search.status}
            options={STATUSES.map((status) => ({ value: status, label: statusWord(status) }))}
            onChange={(status) => filter({ status })}
          />
          <InErrorFilter value={search.inError ?? false} onChange={(inError) => filter({ inError: inError || undefined })} />
        </Filters>
        <ListView
          caption={t('stations.title')}
          query={query}
          columns={columnsAt(now)}
          rowKey={({ id }) => id}
          toneOf={(station) => (isBad(station) ? (station.openAlarms > 0 || station.online ? 'error' : 'warning') : undefined)}
          empty={search.inError ? t('list.noErrors') : filtered ? t('list.nothingFound') : t('stations.empty')}
        />
      </div>
      <CreateStation opened={create ?? false} siteId={search.siteId} onClose={() => void navigate({ search, replace: true })} />
    </Page>
  )
}
