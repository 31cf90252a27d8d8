import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type Column, DataTable, formatNumber, SiteMap } from '@voltway/ui'
import type { Site } from '../../api-types.ts'
import { Page } from '../../components/page.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { sitesQuery } from '../../queries.ts'
import { t, wordOf } from '../../text.ts'
import { useScopes } from '../../use-scopes.ts'
import { CreateSite } from './create-site.tsx'

const route = getRouteApi('/shell/map')
const colourOf = ({ counts }: Site) =>
  counts.faulted > 0
    ? 'faulted'
    : counts.offline === counts.evses && counts.evses > 0
      ? 'offline'
      : counts.available > 0
        ? 'available'
        : 'charging'
const number = (id: keyof Site['counts'], text: string, show: 'always' | 'wide' = 'always'): Column<Site> => ({
  id,
  header: text,
  numeric: true,
  show,
  cell: ({ counts }) => formatNumber(counts[id]),
  sortBy: ({ counts }) => counts[id],
})

const COLUMNS: readonly Column<Site>[] = [
  {
    id: 'name',
    header: t('map.site'),
    cell: ({ id, name, city, kind }) => (
      <>
        <Link to="/stations" search={{ siteId: id }} className="vw-row-link" aria-label={t('map.openStations', { name })}>
          {name}
        </Link>
        <span className="c-sub">{`${wordOf('kind', kind)}, ${city}`}</span>
      </>
    ),
    sortBy: ({ name }) => name,
  },
  {
    id: 'available',
    header: t('map.free'),
    numeric: true,
    cell: ({ counts }) => `${formatNumber(counts.available)} / ${formatNumber(counts.evses)}`,
    sortBy: ({ counts }) => counts.available,
  },
  number('charging', t('map.charging')),
  number('faulted', t('map.faulted'), 'wide'),
  number('offline', t('map.offline'), 'wide'),
  {
    id: 'power',
    header: t('map.power'),
    unit: 'kW',
    numeric: true,
    cell: ({ id, name, powerW }) => (
      <Link to="/energy" search={{ siteId: id }} title={t('map.openEnergy', { name })}>
        {formatNumber(powerW / 1000, 1)}
      </Link>
    ),
    sortBy: ({ powerW }) => powerW,
  },
  {
    id: 'limit',
    header: t('map.limit'),
    unit: 'kW',
    numeric: true,
    show: 'wide',
    cell: ({ gridLimitW }) => (gridLimitW === undefined ? t('word.unknown') : formatNumber(gridLimitW / 1000)),
    sortBy: ({ gridLimitW }) => gridLimitW,
  },
  {
    id: 'edit',
    header: t('map.edit'),
    cell: ({ id, name }) => (
      <Link to="/sites/$id" params={{ id }} aria-label={t('map.editSite', { name })}>
        {t('map.edit')}
      </Link>
    ),
  },
]

/** Where the sites are, and the same as a list. */
export const MapScreen = () => {
  const { site } = route.useSearch()
  const navigate = route.useNavigate()
  const may = useScopes()
  const [creating, { open, close }] = useDisclosure(false)
  const { data, error, isPending, refetch } = useQuery(sitesQuery)
  const sites = data?.items ?? []
  return (
    <Page
      title={t('map.title')}
      actions={
        may('stations:write') && (
          <Button size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={open}>
            {t('map.newSite')}
          </Button>
        )
      }
    >
      {error && !data ? (
        <ProblemNote error={error} onRetry={() => void refetch()} />
      ) : (
        <div className="c-map">
          <div className="c-map-place">
            <SiteMap
              label={t('map.label')}
              height="100%"
              townUrl="/api/v1/public/town"
              selectedId={site}
              onSelect={(id) => void navigate({ search: { site: id }, replace: true })}
              sites={sites.map((one) => ({
                ...one,
                label: `${one.counts.available}/${one.counts.evses}`,
                colour: colourOf(one),
              }))}
            />
          </div>
          <DataTable
            caption={t('map.list')}
            columns={COLUMNS}
            rows={site ? [...sites].sort((a, b) => Number(b.id === site) - Number(a.id === site)) : sites}
            rowKey={({ id }) => id}
            toneOf={({ counts }) => (counts.faulted > 0 ? 'error' : counts.offline > 0 ? 'warning' : undefined)}
            loading={isPending}
            empty={t('map.empty')}
          />
        </div>
      )}
      <CreateSite opened={creating} onClose={close} />
    </Page>
  )
}
