import { Link } from '@tanstack/react-router'
import { type Column, formatDuration, formatNumber, Time } from '@voltway/ui'
import type { Session } from '../../api-types.ts'
import { StateWord } from '../../components/state-word.tsx'
import { t, wordOf } from '../../text.ts'

const lengthOf = ({ startedAt, endedAt }: Session, now: number) => (endedAt ? Date.parse(endedAt) : now) - Date.parse(startedAt)
const whoOf = ({ driverName, tokenLastFour }: Session) => driverName ?? (tokenLastFour ? `…${tokenLastFour}` : t('word.unknown'))

/** The columns of every list of sessions. */
export const sessionColumns = (now: number, { withDriver = true } = {}): readonly Column<Session>[] => [
  {
    id: 'started',
    header: t('sessions.started'),
    cell: ({ id, startedAt, timeZone }) => (
      <Link to="/sessions/$id" params={{ id }} className="vw-row-link">
        <Time at={startedAt} timeZone={timeZone} />
      </Link>
    ),
    sortBy: ({ startedAt }) => startedAt,
  },
  {
    id: 'where',
    header: t('sessions.where'),
    cell: ({ stationName, evseLabel, siteName }) => (
      <>
        {stationName}
        <span className="c-sub">{[evseLabel, siteName].filter(Boolean).join(' · ')}</span>
      </>
    ),
    sortBy: ({ stationName }) => stationName,
  },
  ...(withDriver
    ? [
        {
          id: 'who',
          header: t('sessions.who'),
          show: 'wide',
          cell: (session) => (
            <>
              {whoOf(session)}
              {session.vehicleLabel && <span className="c-sub">{session.vehicleLabel}</span>}
            </>
          ),
          sortBy: whoOf,
        } satisfies Column<Session>,
      ]
    : []),
  {
    id: 'state',
    header: t('sessions.state'),
    cell: ({ state, heldReasons }) => (
      <>
        <StateWord family="sessionState" state={state} />
        {heldReasons[0] && <span className="c-sub">{wordOf('heldReason', heldReasons[0])}</span>}
      </>
    ),
    sortBy: ({ state }) => state,
  },
  {
    id: 'duration',
    header: t('sessions.duration'),
    numeric: true,
    show: 'wide',
    cell: (session) => formatDuration(lengthOf(session, now)),
    sortBy: (session) => lengthOf(session, now),
  },
  {
    id: 'power',
    header: t('sessions.power'),
    unit: 'kW',
    numeric: true,
    show: 'wide',
    cell: ({ powerW, endedAt }) => (endedAt || powerW === undefined ? '' : formatNumber(powerW / 1000, 1)),
    sortBy: ({ powerW }) => powerW,
  },
  {
    id: 'energy',
    header: t('sessions.energy'),
    unit: 'kWh',
    numeric: true,
    cell: ({ importWh }) => formatNumber(importWh / 1000, 2),
    sortBy: ({ importWh }) => importWh,
  },
  {
    id: 'soc',
    header: t('sessions.soc'),
    unit: '%',
    numeric: true,
    show: 'wider',
    cell: ({ socPercent }) => (socPercent === undefined ? '' : formatNumber(socPercent)),
    sortBy: ({ socPercent }) => socPercent,
  },
  {
    id: 'cost',
    header: t('sessions.cost'),
    numeric: true,
    cell: ({ cost }) =>
      cost ? (
        <>
          {formatNumber(Number(cost.total.micros) / 1e6, 2)} <span className="vw-unit">{cost.currency}</span>
        </>
      ) : (
        ''
      ),
    sortBy: ({ cost }) => (cost ? Number(cost.total.micros) : undefined),
  },
]

/** A session that a person should look at. */
export const sessionTone = ({ state }: Session) => (state === 'held' ? ('error' as const) : undefined)
