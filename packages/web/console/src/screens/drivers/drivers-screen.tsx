import { Button, Tabs } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type Column, formatNumber, Time, useNow } from '@voltway/ui'
import type { Driver, IdToken } from '../../api-types.ts'
import { Filters, InErrorFilter, SearchFilter } from '../../components/filters.tsx'
import { ListView } from '../../components/list-view.tsx'
import { Page } from '../../components/page.tsx'
import { StateWord } from '../../components/state-word.tsx'
import { listQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { useScopes } from '../../use-scopes.ts'
import { CreateDriver } from './create-driver.tsx'
import { tokenColumns, tokenTone } from './token-columns.tsx'

const route = getRouteApi('/shell/drivers')

const DRIVER_COLUMNS: readonly Column<Driver>[] = [
  {
    id: 'name',
    header: t('drivers.name'),
    cell: ({ id, name }) => (
      <Link to="/drivers/$id" params={{ id }} className="vw-row-link">
        {name}
      </Link>
    ),
    sortBy: ({ name }) => name,
  },
  { id: 'email', header: t('drivers.email'), show: 'wide', cell: ({ email }) => email ?? '', sortBy: ({ email }) => email },
  {
    id: 'state',
    header: t('drivers.state'),
    cell: ({ state }) => <StateWord family="driverState" state={state} />,
    sortBy: ({ state }) => state,
  },
  {
    id: 'vehicles',
    header: t('drivers.vehicles'),
    numeric: true,
    show: 'wide',
    cell: ({ counts }) => formatNumber(counts.vehicles),
    sortBy: ({ counts }) => counts.vehicles,
  },
  {
    id: 'tokens',
    header: t('drivers.tokens'),
    numeric: true,
    cell: ({ counts }) => formatNumber(counts.tokens),
    sortBy: ({ counts }) => counts.tokens,
  },
  {
    id: 'sessions',
    header: t('drivers.sessions'),
    numeric: true,
    cell: ({ id, counts }) => (
      <Link to="/sessions" search={{ driverId: id }}>
        {formatNumber(counts.sessions)}
      </Link>
    ),
    sortBy: ({ counts }) => counts.sessions,
  },
  {
    id: 'since',
    header: t('drivers.since'),
    show: 'wider',
    cell: ({ createdAt }) => <Time at={createdAt} />,
    sortBy: ({ createdAt }) => createdAt,
  },
]

const DriverList = ({ q, inError }: { readonly q: string | undefined; readonly inError: true | undefined }) => (
  <ListView
    caption={t('drivers.drivers')}
    query={useInfiniteQuery(listQuery<Driver>('drivers', '/drivers', { q, inError }))}
    columns={DRIVER_COLUMNS}
    rowKey={({ id }) => id}
    toneOf={({ state }) => (state === 'blocked' ? 'error' : undefined)}
    empty={inError ? t('list.noErrors') : q ? t('list.nothingFound') : t('drivers.empty')}
  />
)

const TokenList = ({ inError }: { readonly inError: true | undefined }) => {
  const now = useNow(60_000)
  const may = useScopes()
  return (
    <ListView
      caption={t('drivers.tokens')}
      query={useInfiniteQuery(listQuery<IdToken>('tokens', '/tokens', { inError }))}
      columns={tokenColumns({ now, withDriver: true, mayChange: may('drivers:write') })}
      rowKey={({ id }) => id}
      toneOf={(token) => tokenTone(token, now)}
      empty={inError ? t('list.noErrors') : t('tokens.empty')}
    />
  )
}

/** People who charge, and the cards and other tokens they show. */
export const DriversScreen = () => {
  const { tab = 'drivers', q, inError, create } = route.useSearch()
  const navigate = route.useNavigate()
  const may = useScopes()
  return (
    <Page
      title={t('drivers.title')}
      actions={
        may('drivers:write') && (
          <Button size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => void navigate({ search: { create: true } })}>
            {t('drivers.new')}
          </Button>
        )
      }
    >
      <div>
        <Tabs value={tab} onChange={(next) => void navigate({ search: { tab: next ?? 'drivers' }, replace: true })} keepMounted={false}>
          <Tabs.List aria-label={t('drivers.tabs')} mb="md">
            <Tabs.Tab value="drivers">{t('drivers.drivers')}</Tabs.Tab>
            <Tabs.Tab value="tokens">{t('drivers.tokens')}</Tabs.Tab>
          </Tabs.List>
          <Filters>
            {tab === 'drivers' && (
              <SearchFilter
                value={q ?? ''}
                onChange={(next) => void navigate({ search: (old) => ({ ...old, q: next || undefined }), replace: true })}
              />
            )}
            <InErrorFilter
              value={inError ?? false}
              onChange={(next) => void navigate({ search: (old) => ({ ...old, inError: next || undefined }), replace: true })}
            />
          </Filters>
          <Tabs.Panel value="drivers">
            <DriverList q={q} inError={inError} />
          </Tabs.Panel>
          <Tabs.Panel value="tokens">
            <TokenList inError={inError} />
          </Tabs.Panel>
        </Tabs>
      </div>
      <CreateDriver
        opened={create ?? false}
        onClose={() => void navigate({ search: (old) => ({ ...old, create: undefined }), replace: true })}
        onCreated={(id) => void navigate({ to: '/drivers/$id', params: { id } })}
      />
    </Page>
  )
}
