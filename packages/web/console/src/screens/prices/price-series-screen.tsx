import { Button, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type Column, formatNumber, Time, useNow } from '@voltway/ui'
import { useState } from 'react'
import { Filters, InErrorFilter } from '../../components/filters.tsx'
import { ListView } from '../../components/list-view.tsx'
import { Page } from '../../components/page.tsx'
import type { PriceSeries } from '../../money-types.ts'
import { listQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { useScopes } from '../../use-scopes.ts'
import { Followers } from './followers.tsx'
import { hasRunOut } from './has-run-out.ts'

const route = getRouteApi('/shell/prices')

const columnsAt = (now: number): readonly Column<PriceSeries>[] => [
  {
    id: 'name',
    header: t('prices.name'),
    cell: ({ name }) => (
      <Link to="/prices/$name" params={{ name }} className="vw-row-link">
        {name}
      </Link>
    ),
    sortBy: ({ name }) => name,
  },
  {
    id: 'from',
    header: t('prices.from'),
    show: 'wide',
    cell: ({ from }) => (from ? <Time at={from} /> : ''),
    sortBy: ({ from }) => from,
  },
  {
    id: 'until',
    header: t('prices.until'),
    cell: (series) => (
      <>
        {series.to ? <Time at={series.to} /> : t('prices.none')}
        {series.to && hasRunOut(series, now) && <span className="c-sub c-warn">{t('prices.over')}</span>}
      </>
    ),
    sortBy: ({ to }) => to,
  },
  {
    id: 'count',
    header: t('prices.count'),
    numeric: true,
    show: 'wide',
    cell: ({ prices }) => formatNumber(prices),
    sortBy: ({ prices }) => prices,
  },
  {
    id: 'tariffs',
    header: t('prices.tariffs'),
    cell: (series) => <Followers followedBy={series.followedBy} />,
    sortBy: ({ followedBy }) => followedBy.length,
  },
]

const NewSeries = () => {
  const navigate = route.useNavigate()
  const [name, setName] = useState('')
  return (
    <form
      className="c-actions"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) void navigate({ to: '/prices/$name', params: { name: name.trim() } })
      }}
    >
      <TextInput
        size="xs"
        maxLength={80}
        aria-label={t('prices.newName')}
        placeholder={t('prices.newName')}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Button size="xs" type="submit" disabled={name.trim() === ''}>
        {t('prices.new')}
      </Button>
    </form>
  )
}

/** The series of day-ahead prices there are, and those that a tariff waits for. */
export const PriceSeriesScreen = () => {
  const { inError } = route.useSearch()
  const navigate = route.useNavigate()
  const now = useNow(60_000)
  const may = useScopes()
  const query = useInfiniteQuery({
    ...listQuery<PriceSeries>('prices', '/price-series'),
    select: (data) =>
      inError
        ? { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.filter((series) => hasRunOut(series, now)) })) }
        : data,
  })
  return (
    <Page
      title={t('prices.title')}
      back={<Link to="/tariffs">{t('page.back', { name: t('tariffs.title') })}</Link>}
      actions={may('tariffs:write') && <NewSeries />}
    >
      <div>
        <p className="c-hint">{t('prices.hint')}</p>
        <Filters>
          <InErrorFilter
            value={inError ?? false}
            onChange={(next) => void navigate({ search: { inError: next || undefined }, replace: true })}
          />
        </Filters>
        <ListView
          caption={t('prices.title')}
          query={query}
          columns={columnsAt(now)}
          rowKey={({ name }) => name}
          toneOf={(series) => (hasRunOut(series, now) ? 'error' : undefined)}
          empty={inError ? t('list.noErrors') : t('prices.empty')}
        />
      </div>
    </Page>
  )
}
