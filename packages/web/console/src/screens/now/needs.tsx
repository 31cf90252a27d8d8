import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Age, api, type Column, DataTable, useNow } from '@voltway/ui'
import type { ReactNode } from 'react'
import { StateWord } from '../../components/state-word.tsx'
import type { Need } from '../../overview-types.ts'
import { t, wordOf } from '../../text.ts'
import { useAction } from '../../use-action.ts'
import { useScopes } from '../../use-scopes.ts'
import { needWords } from './need-words.ts'

const RANK = { high: 0, medium: 1, low: 2 }
const rankOf = ({ severity }: Need) => (severity in RANK ? RANK[severity as keyof typeof RANK] : 3)

/** Where a need is dealt with: its reservation, its session or its station; else the place that its kind names. */
const Way = ({ need, children, className }: { readonly need: Need; readonly children: ReactNode; readonly className?: string }) => {
  if (need.reservationId)
    return (
      <Link to="/reservations" search={{ open: need.reservationId }} className={className}>
        {children}
      </Link>
    )
  if (need.sessionId)
    return (
      <Link to="/sessions/$id" params={{ id: need.sessionId }} className={className}>
        {children}
      </Link>
    )
  if (need.stationId)
    return (
      <Link to="/stations/$id" params={{ id: need.stationId }} className={className}>
        {children}
      </Link>
    )
  return (
    <Link to="/settings" search={{ tab: 'alarms' }} className={className}>
      {children}
    </Link>
  )
}

const Resolve = ({ alarmId }: { readonly alarmId: string }) => {
  const resolve = useAction({ run: () => api('POST', `/alarms/${alarmId}/resolve`, {}), stale: [['overview'], ['alarms'], ['stations']] })
  return (
    <Button variant="default" size="compact-xs" loading={resolve.isPending} onClick={() => resolve.mutate()}>
      {t('need.action.resolveAlarm')}
    </Button>
  )
}

/** The things that wait for a person, worst first: one word to act on, the reason, and the way there. */
export const Needs = ({ needs }: { readonly needs: readonly Need[] | undefined }) => {
  const now = useNow(30_000)
  const may = useScopes()
  const rows = [...(needs ?? [])].sort((a, b) => rankOf(a) - rankOf(b) || Date.parse(a.since) - Date.parse(b.since))
  const columns: readonly Column<Need>[] = [
    { id: 'severity', header: t('need.severity'), cell: ({ severity }) => <StateWord family="severity" state={severity} /> },
    {
      id: 'what',
      header: t('need.what'),
      cell: (need) => {
        const { what, more, advice } = needWords(need)
        return (
          <>
            <Way need={need} className="vw-row-link">
              {what}
            </Way>
            {more && <span className="c-sub">{more}</span>}
            {advice && <span className="c-sub">{advice}</span>}
          </>
        )
      },
    },
    { id: 'since', header: t('need.since'), cell: ({ since }) => <Age at={since} now={now} />, show: 'wide' },
    {
      id: 'action',
      header: t('need.action'),
      cell: (need) =>
        need.alarmId && may('stations:write') ? (
          <Resolve alarmId={need.alarmId} />
        ) : (
          <Way need={need}>{wordOf('need.action', need.action ?? 'openStation')}</Way>
        ),
    },
  ]
  return (
    <DataTable
      caption={t('now.needs')}
      columns={columns}
      rows={rows}
      rowKey={(need) =>
        `${need.kind}${need.alarmId ?? ''}${need.reservationId ?? ''}${need.stationId ?? ''}${need.evse ?? ''}${need.sessionId ?? ''}${need.since}`
      }
      toneOf={({ severity }) => (severity === 'high' ? 'error' : severity === 'medium' ? 'warning' : undefined)}
      loading={needs === undefined}
      empty={
        <>
          <strong>{t('now.needsNone')}</strong>
          <br />
          {t('now.needsNoneHint')}
        </>
      }
    />
  )
}
