import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type Column, formatNumber, Time } from '@voltway/ui'
import type { Tariff } from '../../api-types.ts'
import { Filters, InErrorFilter } from '../../components/filters.tsx'
import { ListView } from '../../components/list-view.tsx'
import { Page } from '../../components/page.tsx'
import { listQuery } from '../../queries.ts'
import { t, wordOf } from '../../text.ts'
import { useScopes } from '../../use-scopes.ts'

const route = getRouteApi('/shell/tariffs')
/** A tariff that nothing uses, or that cannot be read as a price. */
const isOdd = ({ usedBy, summary }: Tariff) => (usedBy.sites === 0 && usedBy.evses === 0) || summary === ''

const COLUMNS: readonly Column<Tariff>[] = [
  {
    id: 'name',
    header: t('tariffs.name'),
    cell: ({ id, name, definition }) => (
      <>
        <Link to="/tariffs/$id" params={{ id }} className="vw-row-link">
          {name}
        </Link>
        <span className="c-sub">{wordOf('tariff.kind', String(definition.kind))}</span>
      </>
    ),
    sortBy: ({ name }) => name,
  },
  {
    id: 'summary',
    header: t('tariffs.summary'),
    cell: ({ summary, definition }) => (
      <>
        {summary} <span className="vw-unit">{String(definition.currency ?? '')}</span>
      </>
    ),
  },
  {
    id: 'sites',
    header: t('tariffs.sites'),
    numeric: true,
    cell: ({ usedBy }) => formatNumber(usedBy.sites),
    sortBy: ({ usedBy }) => usedBy.sites,
  },
  {
    id: 'evses',
    header: t('tariffs.evses'),
    numeric: true,
    cell: ({ usedBy }) => formatNumber(usedBy.evses),
    sortBy: ({ usedBy }) => usedBy.evses,
  },
  {
    id: 'version',
    header: t('tariffs.version'),
    numeric: true,
    show: 'wide',
    cell: ({ version }) => version,
    sortBy: ({ version }) => version,
  },
  {
    id: 'updated',
    header: t('tariffs.updated'),
    show: 'wide',
    cell: ({ updatedAt }) => <Time at={updatedAt} />,
    sortBy: ({ updatedAt }) => updatedAt,
  },
]

/** Tariffs and where they are used. */
export const TariffsScreen = () => {
  const { inError } = route.useSearch()
  const navigate = route.useNavigate()
  const may = useScopes()
  const query = useInfiniteQuery({
    ...listQuery<Tariff>('tariffs', '/tariffs'),
    select: (data) => (inError ? { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.filter(isOdd) })) } : data),
  })
  return (
    <Page
      title={t('tariffs.title')}
      actions={
        <>
          <Link to="/prices">{t('prices.title')}</Link>
          {may('tariffs:write') && (
            <Button
              size="xs"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => void navigate({ to: '/tariffs/$id', params: { id: 'new' } })}
            >
              {t('tariffs.new')}
            </Button>
          )}
        </>
      }
    >
      <div>
        <Filters>
          <InErrorFilter
            value={inError ?? false}
            onChange={(next) => void navigate({ search: { inError: next || undefined }, replace: true })}
          />
        </Filters>
        <ListView
          caption={t('tariffs.title')}
          query={query}
          columns={COLUMNS}
          rowKey={({ id }) => id}
          toneOf={(tariff) => (isOdd(tariff) ? 'warning' : undefined)}
          empty={inError ? t('list.noErrors') : t('tariffs.empty')}
        />
      </div>
    </Page>
  )
}
