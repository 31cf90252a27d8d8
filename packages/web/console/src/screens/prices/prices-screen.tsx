import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Filters } from '../../components/filters.tsx'
import { Page, Part } from '../../components/page.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { priceSeriesQuery, seriesPricesQuery, sitesQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { useScopes } from '../../use-scopes.ts'
import { AddPrices } from './add-prices.tsx'
import { Followers } from './followers.tsx'
import { spanOfDays } from './price-span.ts'
import { PriceView } from './price-view.tsx'

const route = getRouteApi('/shell/prices/$name')
const SPANS = ['1', '2', '7']

const FollowedBy = ({ name }: { readonly name: string }) => {
  const series = useQuery(priceSeriesQuery).data?.items
  const followedBy = series?.find((one) => one.name === name)?.followedBy ?? []
  if (!series) return null
  return (
    <p className="c-hint">
      {followedBy.length === 0 ? (
        t('series.notFollowed')
      ) : (
        <>
          {t('series.followedBy')} <Followers followedBy={followedBy} />
        </>
      )}
    </p>
  )
}

const dayOf = (given: string | undefined, timeZone: string): string => {
  try {
    return Temporal.PlainDate.from(given ?? '').toString()
  } catch {
    return Temporal.Now.zonedDateTimeISO(timeZone).toPlainDate().toString()
  }
}

/** One series: its prices over some days, as a line and as rows, and a way to add more. */
export const PricesScreen = () => {
  const { name } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const may = useScopes()
  const sites = useQuery(sitesQuery)
  const timeZone = sites.data?.items[0]?.timeZone ?? Temporal.Now.timeZoneId()
  const days = SPANS.includes(search.days ?? '') ? Number(search.days) : 2
  const day = dayOf(search.day, timeZone)
  const span = useMemo(() => spanOfDays(day, days, timeZone), [day, days, timeZone])
  const query = useQuery({
    ...seriesPricesQuery(name, span.from, span.to),
    placeholderData: keepPreviousData,
    enabled: !sites.isPending,
  })
  const change = (next: { readonly day?: string; readonly days?: string }) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true })
  const move = (by: number) => change({ day: Temporal.PlainDate.from(day).add({ days: by }).toString() })
  return (
    <Page title={name} back={<Link to="/prices">{t('page.back', { name: t('prices.title') })}</Link>}>
      <div>
        <FollowedBy name={name} />
        <Filters>
          <Button size="xs" variant="default" onClick={() => move(-days)}>
            {t('series.before')}
          </Button>
          <TextInput
            type="date"
            size="xs"
            w={138}
            aria-label={t('series.day')}
            value={day}
            onChange={({ currentTarget }) => currentTarget.value && change({ day: currentTarget.value })}
          />
          <Button size="xs" variant="default" onClick={() => move(days)}>
            {t('series.after')}
          </Button>
          <SegmentedControl
            size="xs"
            aria-label={t('series.span')}
            value={String(days)}
            onChange={(next) => change({ days: next })}
            data={[
              { value: '1', label: t('series.span.1') },
              { value: '2', label: t('series.span.2') },
              { value: '7', label: t('series.span.7') },
            ]}
          />
        </Filters>
        {query.error && !query.data ? (
          <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <PriceView name={name} span={span} timeZone={timeZone} prices={query.data?.items ?? []} loading={query.isPending} />
        )}
      </div>
      {may('tariffs:write') && (
        <Part title={t('series.add')} hint={t('series.addHint')}>
          <AddPrices key={timeZone} name={name} timeZone={timeZone} onSaved={(first) => change({ day: dayIn(first, timeZone) })} />
        </Part>
      )}
    </Page>
  )
}

const dayIn = (instant: string, timeZone: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()
