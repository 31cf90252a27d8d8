import { Drawer } from '@mantine/core'
import { IconArrowDownLeft, IconArrowUpRight } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type Column, formatExact, userLocale } from '@voltway/ui'
import { useState } from 'react'
import type { OcppMessage, StationDetail } from '../../api-types.ts'
import { ChoiceFilter, Filters, InErrorFilter, SearchFilter } from '../../components/filters.tsx'
import { ListView } from '../../components/list-view.tsx'
import { StateWord } from '../../components/state-word.tsx'
import { listQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { MessageDetail } from './message-detail.tsx'
import { payloadOf, violationsOf } from './read-message.ts'

const route = getRouteApi('/shell/stations/$id')
const clock = new Intl.DateTimeFormat(userLocale(), {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

const Direction = ({ direction }: Pick<OcppMessage, 'direction'>) => {
  const Icon = direction === 'in' ? IconArrowDownLeft : IconArrowUpRight
  return (
    <span className="c-state c-direction" data-direction={direction}>
      <Icon size={15} aria-hidden />
      {t(`message.${direction}`)}
    </span>
  )
}

const columnsWith = (onShow: (message: OcppMessage) => void): readonly Column<OcppMessage>[] => [
  {
    id: 'at',
    header: t('message.at'),
    cell: ({ at }) => (
      <time dateTime={at} title={formatExact(at)} className="vw-number">
        {clock.format(new Date(at))}
      </time>
    ),
  },
  { id: 'direction', header: t('message.direction'), cell: ({ direction }) => <Direction direction={direction} />, show: 'wide' },
  {
    id: 'action',
    header: t('message.action'),
    cell: (message) => (
      <button
        type="button"
        className="c-link-button"
        aria-label={t('message.show', { action: message.action, time: clock.format(new Date(message.at)) })}
        onClick={() => onShow(message)}
      >
        {message.action}
      </button>
    ),
  },
  {
    id: 'outcome',
    header: t('message.outcome'),
    cell: ({ outcome }) => <StateWord family="outcome" state={outcome === 'pending' ? 'queued' : outcome} />,
  },
  {
    id: 'payload',
    header: t('message.summary'),
    show: 'wide',
    cell: (message) => {
      const count = violationsOf(message).length
      return (
        <>
          {count > 0 && <span className="c-warn">{t('message.violations', { count })} </span>}
          <code className="c-clip">{payloadOf(message.request)}</code>
        </>
      )
    },
  },
]

/** The live log of raw OCPP messages, newest first. */
export const MessagesTab = ({ station }: { readonly station: StationDetail }) => {
  const { action, direction, inError } = route.useSearch()
  const navigate = route.useNavigate()
  const [shown, setShown] = useState<OcppMessage>()
  const filter = (change: {
    readonly action?: string | undefined
    readonly direction?: string | undefined
    readonly inError?: true | undefined
  }) => void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const query = useInfiniteQuery(listQuery<OcppMessage>('messages', `/stations/${station.id}/messages`, { action, direction, inError }))
  return (
    <>
      <Filters>
        <SearchFilter value={action ?? ''} label={t('message.filterAction')} onChange={(next) => filter({ action: next || undefined })} />
        <ChoiceFilter
          label={t('message.direction')}
          all={t('message.both')}
          value={direction}
          options={[
            { value: 'in', label: t('message.in') },
            { value: 'out', label: t('message.out') },
          ]}
          onChange={(next) => filter({ direction: next })}
        />
        <InErrorFilter value={inError ?? false} onChange={(next) => filter({ inError: next || undefined })} />
      </Filters>
      <ListView
        caption={t('station.tab.messages')}
        query={query}
        columns={columnsWith(setShown)}
        rowKey={({ id }) => id}
        toneOf={(message) =>
          message.outcome === 'error' || message.outcome === 'expired' ? 'error' : violationsOf(message).length > 0 ? 'warning' : undefined
        }
        empty={inError ? t('list.noErrors') : t('message.empty')}
      />
      <Drawer
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        position="right"
        size="lg"
        title={shown?.action}
        closeButtonProps={{ 'aria-label': t('do.close') }}
      >
        {shown && <MessageDetail message={shown} />}
      </Drawer>
    </>
  )
}
