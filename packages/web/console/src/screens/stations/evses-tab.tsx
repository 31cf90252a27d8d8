import { ActionIcon, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDots } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Age, api, type Column, DataTable, formatDateTime, formatNumber, StatusBadge, useNow } from '@voltway/ui'
import type { Evse, StationDetail } from '../../api-types.ts'
import { Confirm } from '../../components/confirm.tsx'
import { t, wordOf } from '../../text.ts'
import { useAction } from '../../use-action.ts'
import { useScopes } from '../../use-scopes.ts'
import { useQuickCommand } from './use-quick-command.ts'

const here = Intl.DateTimeFormat().resolvedOptions().timeZone

const Actions = ({ station, evse }: { readonly station: StationDetail; readonly evse: Evse }) => {
  const quick = useQuickCommand(station)
  const [stopping, { open, close }] = useDisclosure(false)
  const stop = useAction({
    run: () => api('POST', `/sessions/${evse.session?.id}/stop`, {}),
    stale: [['stations'], ['sessions']],
    said: () => t('session.stopped'),
    onDone: close,
  })
  const one = { evse: evse.number }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="default"
            aria-label={t('evse.actionsOf', { number: evse.number })}
            loading={quick.isPending}
            disabled={!station.online}
          >
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {evse.session && (
            <Menu.Item color="red" onClick={open}>
              {t('evse.stop')}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => quick.mutate({ kind: 'unlock', ...one, connector: evse.connectors[0]?.number ?? 1 })}>
            {t('evse.unlock')}
          </Menu.Item>
          <Menu.Item onClick={() => quick.mutate({ kind: 'availability', ...one, operative: evse.status === 'unavailable' })}>
            {t(evse.status === 'unavailable' ? 'evse.available' : 'evse.unavailable')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => quick.mutate({ kind: 'trigger', ...one, message: 'StatusNotification' })}>
            {t('evse.status.ask')}
          </Menu.Item>
          <Menu.Item onClick={() => quick.mutate({ kind: 'trigger', ...one, message: 'MeterValues' })}>{t('evse.meter.ask')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={stopping}
        title={t('session.stopTitle')}
        hint={t('session.stopHint')}
        confirm={t('session.stop')}
        waiting={stop.isPending}
        onConfirm={() => stop.mutate()}
        onClose={close}
      />
    </>
  )
}

/** The station's EVSEs: what each does now, and what can be asked of it. */
export const EvsesTab = ({ station }: { readonly station: StationDetail }) => {
  const now = useNow(15_000)
  const may = useScopes()
  const columns: readonly Column<Evse>[] = [
    { id: 'number', header: t('evse.evse'), numeric: true, cell: ({ number }) => number, sortBy: ({ number }) => number },
    {
      id: 'label',
      header: t('evse.connector'),
      cell: ({ label, connectors, currentType }) => (
        <>
          {label}
          <span className="c-sub">
            {currentType} · {connectors.map(({ standard }) => wordOf('standard', standard)).join(', ')}
          </span>
        </>
      ),
    },
    {
      id: 'status',
      header: t('evse.status'),
      cell: ({ status, statusSince, statusError }) => (
        <>
          <StatusBadge status={status} />
          <span className="c-sub">
            {statusError && statusError !== 'NoError' ? `${statusError} · ` : ''}
            {statusSince && <Age at={statusSince} now={now} />}
          </span>
        </>
      ),
    },
    {
      id: 'session',
      header: t('evse.session'),
      cell: ({ session }) =>
        session ? (
          <Link to="/sessions/$id" params={{ id: session.id }}>
            {t('evse.openSession')}
          </Link>
        ) : (
          ''
        ),
    },
    {
      id: 'power',
      header: t('evse.power'),
      unit: 'kW',
      numeric: true,
      cell: ({ session }) => (session ? formatNumber(session.powerW / 1000, 1) : ''),
    },
    {
      id: 'max',
      header: t('evse.maxPower'),
      unit: 'kW',
      numeric: true,
      show: 'wide',
      cell: ({ maxPowerW }) => formatNumber(maxPowerW / 1000, maxPowerW % 1000 ? 1 : 0),
    },
    {
      id: 'soc',
      header: t('evse.soc'),
      unit: '%',
      numeric: true,
      show: 'wide',
      cell: ({ session }) => (session?.socPercent === undefined ? '' : formatNumber(session.socPercent)),
    },
    {
      id: 'next',
      header: t('evse.next'),
      show: 'wide',
      cell: ({ id, nextReservation }) =>
        nextReservation ? (
          <Link to="/reservations" search={{ evseId: id }}>
            {formatDateTime(nextReservation.startsAt, here)}
          </Link>
        ) : (
          ''
        ),
    },
    { id: 'code', header: t('evse.code'), show: 'wider', cell: ({ code }) => <code>{code}</code> },
    ...(may('commands:write')
      ? [
          {
            id: 'actions',
            header: t('evse.actions'),
            cell: (evse: Evse) => <Actions station={station} evse={evse} />,
          } satisfies Column<Evse>,
        ]
      : []),
  ]
  return (
    <DataTable
      caption={t('station.tab.evses')}
      columns={columns}
      rows={station.evses}
      rowKey={({ id }) => id}
      toneOf={({ status }) => (status === 'faulted' ? 'error' : status === 'offline' ? 'warning' : undefined)}
      empty={t('list.empty')}
    />
  )
}
