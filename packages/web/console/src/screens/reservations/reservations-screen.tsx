import { SegmentedControl } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api, type Column, formatMoney, formatNumber, Time } from '@voltway/ui'
import type { Reservation } from '../../api-types.ts'
import { ChoiceFilter, Filters, InErrorFilter, SiteFilter } from '../../components/filters.tsx'
import { ListView } from '../../components/list-view.tsx'
import { Page } from '../../components/page.tsx'
import { StateWord } from '../../components/state-word.tsx'
import { listQuery } from '../../queries.ts'
import { t, wordOf } from '../../text.ts'
import { DayView } from './day-view.tsx'
import { ReservationDrawer } from './reservation-drawer.tsx'
import { ReservationTrouble } from './reservation-trouble.tsx'

const route = getRouteApi('/shell/reservations')
const STATES = ['confirmed', 'pushed', 'active', 'completed', 'released', 'cancelled']

const columnsWith = (onOpen: (id: string) => void): readonly Column<Reservation>[] => [
  {
    id: 'code',
    header: t('reservations.code'),
    cell: ({ id, code }) => (
      <button type="button" className="c-link-button vw-mono" onClick={() => onOpen(id)}>
        {code}
      </button>
    ),
    sortBy: ({ code }) => code,
  },
  {
    id: 'from',
    header: t('reservations.from'),
    cell: ({ startsAt, timeZone }) => <Time at={startsAt} timeZone={timeZone} />,
    sortBy: ({ startsAt }) => startsAt,
  },
  {
    id: 'until',
    header: t('reservations.until'),
    show: 'wide',
    cell: ({ endsAt, timeZone }) => <Time at={endsAt} timeZone={timeZone} short />,
    sortBy: ({ endsAt }) => endsAt,
  },
  {
    id: 'where',
    header: t('reservations.where'),
    cell: ({ stationName, evseLabel, siteName }) => (
      <>
        {stationName}
        <span className="c-sub">{[evseLabel, siteName].join(' · ')}</span>
      </>
    ),
    sortBy: ({ stationName }) => stationName,
    show: 'wide',
  },
  {
    id: 'who',
    header: t('reservations.who'),
    show: 'wide',
    cell: ({ driverId, driverName }) => (
      <Link to="/drivers/$id" params={{ id: driverId }}>
        {driverName ?? t('word.unknown')}
      </Link>
    ),
    sortBy: ({ driverName }) => driverName,
  },
  {
    id: 'state',
    header: t('reservations.state'),
    cell: (reservation) => (
      <>
        <StateWord family="reservationState" state={reservation.state} />
        <ReservationTrouble reservation={reservation} />
      </>
    ),
    sortBy: ({ state }) => state,
  },
  {
    id: 'energy',
    header: t('reservations.energy'),
    unit: 'kWh',
    numeric: true,
    show: 'wider',
    cell: ({ plan }) => formatNumber(plan.energyWh / 1000, 1),
    sortBy: ({ plan }) => plan.energyWh,
  },
  {
    id: 'price',
    header: t('reservations.price'),
    numeric: true,
    show: 'wide',
    cell: ({ plan }) => formatMoney(plan.cost.total),
    sortBy: ({ plan }) => Number(plan.cost.total.micros),
  },
]

/** Booked slots, as a list or as one day by EVSE. */
export const ReservationsScreen = () => {
  const { view = 'list', open, day, ...search } = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Readonly<Partial<ReturnType<typeof route.useSearch>>>) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true })
  const query = useInfiniteQuery({ ...listQuery<Reservation>('reservations', '/reservations', search), enabled: view === 'list' })
  const known = query.data?.pages.flatMap(({ items }) => items).find(({ id }) => id === open)
  const asked = useQuery({
    queryKey: ['reservations', open],
    queryFn: () => api<Reservation>('GET', `/reservations/${open}`),
    enabled: open !== undefined && !known,
  })
  return (
    <Page
      title={t('reservations.title')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('reservations.view')}
          value={view}
          onChange={(next) => change({ view: next })}
          data={[
            { value: 'list', label: t('reservations.list') },
            { value: 'day', label: t('reservations.day') },
          ]}
        />
      }
    >
      {view === 'day' ? (
        <DayView siteId={search.siteId} day={day} onChange={change} onOpen={(id) => change({ open: id })} />
      ) : (
        <div>
          <Filters>
            <SiteFilter value={search.siteId} onChange={(siteId) => change({ siteId })} />
            <ChoiceFilter
              label={t('reservations.state')}
              all={t('list.allStates')}
              value={search.state}
              options={STATES.map((state) => ({ value: state, label: wordOf('reservationState', state) }))}
              onChange={(state) => change({ state })}
            />
            <InErrorFilter value={search.inError ?? false} onChange={(inError) => change({ inError: inError || undefined })} />
          </Filters>
          <ListView
            caption={t('reservations.title')}
            query={query}
            columns={columnsWith((id) => change({ open: id }))}
            rowKey={({ id }) => id}
            toneOf={({ trouble }) => (trouble === undefined ? undefined : trouble === 'unused' ? 'warning' : 'error')}
            empty={search.inError ? t('list.noErrors') : Object.keys(search).length > 0 ? t('list.nothingFound') : t('reservations.empty')}
          />
        </div>
      )}
      <ReservationDrawer reservation={open === undefined ? undefined : (known ?? asked.data)} onClose={() => change({ open: undefined })} />
    </Page>
  )
}
