import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { formatDay, useNow } from '@voltway/ui'
import type { Reservation } from '../../api-types.ts'
import { Filters } from '../../components/filters.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { listQuery, sitesQuery, stationsOfSiteQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { SlotBoard } from './slot-board.tsx'

export interface DayViewProps {
  readonly siteId: string | undefined
  /** `2026-01-31` on the site's calendar; today when left out. */
  readonly day: string | undefined
  readonly onChange: (change: { readonly siteId?: string; readonly day?: string | undefined }) => void
  readonly onOpen: (reservationId: string) => void
}

/** One day of a site: a row for each EVSE with its booked slots. */
export const DayView = ({ siteId, day, onChange, onOpen }: DayViewProps) => {
  const now = useNow(60_000)
  const known = useQuery(sitesQuery)
  const sites = known.data?.items ?? []
  const site = sites.find(({ id }) => id === siteId) ?? sites[0]
  const zone = site?.timeZone ?? 'UTC'
  const date = day ? Temporal.PlainDate.from(day) : Temporal.Now.plainDateISO(zone)
  const start = date.toZonedDateTime(zone)
  const [from, to] = [start.toInstant().toString(), start.add({ days: 1 }).toInstant().toString()]
  const stations = useQuery({ ...stationsOfSiteQuery(site?.id ?? ''), enabled: site !== undefined })
  const slots = useInfiniteQuery({
    ...listQuery<Reservation>('reservations', '/reservations', { siteId: site?.id, from, to, limit: 200 }),
    enabled: site !== undefined,
  })
  const go = (days: number) => onChange({ day: date.add({ days }).toString() })
  const error = known.error ?? stations.error ?? slots.error
  const evses = (stations.data?.items ?? []).flatMap((station) =>
    station.evses.map((evse) => ({ id: evse.id, label: `${station.name} · ${evse.label}` })),
  )
  return (
    <div>
      <Filters>
        <NativeSelect
          size="xs"
          aria-label={t('stations.site')}
          value={site?.id ?? ''}
          onChange={({ currentTarget }) => onChange({ siteId: currentTarget.value })}
          data={sites.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <ActionIcon variant="default" size={30} aria-label={t('reservations.previous')} onClick={() => go(-1)}>
          <IconChevronLeft size={16} aria-hidden />
        </ActionIcon>
        <TextInput
          type="date"
          size="xs"
          w={138}
          aria-label={t('reservations.day')}
          value={date.toString()}
          onChange={({ currentTarget }) => currentTarget.value && onChange({ day: currentTarget.value })}
        />
        <ActionIcon variant="default" size={30} aria-label={t('reservations.next')} onClick={() => go(1)}>
          <IconChevronRight size={16} aria-hidden />
        </ActionIcon>
        <Button size="xs" variant="default" onClick={() => onChange({ day: undefined })}>
          {t('reservations.today')}
        </Button>
      </Filters>
      {error && <ProblemNote error={error} />}
      {!error && (
        <SlotBoard
          label={t('reservations.dayLabel', { day: formatDay(from, zone) })}
          from={from}
          to={to}
          timeZone={zone}
          now={now}
          evses={evses}
          reservations={slots.data?.pages.flatMap(({ items }) => items) ?? []}
          onOpen={onOpen}
        />
      )}
    </div>
  )
}
