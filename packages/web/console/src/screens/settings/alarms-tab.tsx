import { Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Age, api, type Column, Time, useNow } from '@voltway/ui'
import { alarmAdvice, alarmDetail, alarmWord } from '../../alarm-words.ts'
import type { Alarm } from '../../api-types.ts'
import { Filters } from '../../components/filters.tsx'
import { ListView } from '../../components/list-view.tsx'
import { listQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { useAction } from '../../use-action.ts'
import { useScopes } from '../../use-scopes.ts'

const route = getRouteApi('/shell/settings')
const Resolve = ({ alarm }: { readonly alarm: Alarm }) => {
  const resolve = useAction({ run: () => api('POST', `/alarms/${alarm.id}/resolve`, {}), stale: [['alarms'], ['overview'], ['stations']] })
  return (
    <Button
      variant="default"
      size="compact-xs"
      loading={resolve.isPending}
      onClick={() => resolve.mutate()}
      aria-label={`${t('alarms.resolve')}: ${alarmWord(alarm.kind)}`}
    >
      {t('alarms.resolve')}
    </Button>
  )
}

/** What needed a person, and what still does. */
export const AlarmsTab = () => {
  const { all } = route.useSearch()
  const navigate = route.useNavigate()
  const now = useNow(30_000)
  const may = useScopes()
  const query = useInfiniteQuery(listQuery<Alarm>('alarms', '/alarms', { open: all ? undefined : true }))
  const columns: readonly Column<Alarm>[] = [
    {
      id: 'kind',
      header: t('alarms.kind'),
      cell: ({ kind, detail, resolvedAt }) => (
        <>
          {alarmWord(kind)}
          <span className="c-sub c-narrow-only">{alarmDetail(detail)}</span>
          {!resolvedAt && <span className="c-sub">{alarmAdvice(kind)}</span>}
        </>
      ),
      sortBy: ({ kind }) => alarmWord(kind),
    },
    {
      id: 'station',
      header: t('alarms.station'),
      cell: ({ stationId, stationName, sessionId }) => (
        <>
          {stationId && (
            <Link to="/stations/$id" params={{ id: stationId }}>
              {stationName ?? stationId}
            </Link>
          )}{' '}
          {sessionId && (
            <Link to="/sessions/$id" params={{ id: sessionId }}>
              {t('evse.openSession')}
            </Link>
          )}
        </>
      ),
    },
    {
      id: 'detail',
      header: t('alarms.detail'),
      show: 'wide',
      cell: ({ detail }) => alarmDetail(detail),
    },
    {
      id: 'raised',
      header: t('alarms.raised'),
      cell: ({ raisedAt }) => <Age at={raisedAt} now={now} />,
      sortBy: ({ raisedAt }) => raisedAt,
    },
    {
      id: 'resolved',
      header: t('alarms.resolved'),
      cell: (alarm) => (alarm.resolvedAt ? <Time at={alarm.resolvedAt} /> : may('stations:write') && <Resolve alarm={alarm} />),
    },
  ]
  return (
    <>
      <Filters>
        <SegmentedControl
          size="xs"
          aria-label={t('alarms.which')}
          value={all ? 'all' : 'open'}
          onChange={(next) => void navigate({ search: (old) => ({ ...old, all: next === 'all' || undefined }), replace: true })}
          data={[
            { value: 'open', label: t('alarms.open') },
            { value: 'all', label: t('list.all') },
          ]}
        />
      </Filters>
      <ListView
        caption={t('settings.alarms')}
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        toneOf={({ resolvedAt }) => (resolvedAt ? undefined : 'error')}
        empty={t(all ? 'alarms.empty' : 'alarms.noneOpen')}
      />
    </>
  )
}
