import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Age, type Column, DataTable, formatNumber, formatPercent, useNow } from '@voltway/ui'
import type { VehiclesCharging } from '../../api-types.ts'
import { Filters, InErrorFilter } from '../../components/filters.tsx'
import { Part } from '../../components/page.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { vehiclesQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { vehicleFault } from './vehicle-fault.ts'

const route = getRouteApi('/shell/energy')
type Row = VehiclesCharging['items'][number]

const columnsAt = (now: number): readonly Column<Row>[] => [
  {
    id: 'vehicle',
    header: t('energy.vehicle'),
    cell: (row) => {
      const fault = vehicleFault(row, now)
      return (
        <>
          <Link to="/sessions/$id" params={{ id: row.sessionId }} className="vw-row-link">
            {row.vehicleLabel ?? t('energy.anyVehicle')}
          </Link>
          <span className="c-sub c-narrow-only">{row.stationName}</span>
          {fault && <span className="c-sub c-warn">{t(`energy.fault.${fault}`)}</span>}
        </>
      )
    },
    sortBy: ({ vehicleLabel }) => vehicleLabel,
  },
  {
    id: 'where',
    header: t('energy.where'),
    show: 'wide',
    cell: ({ stationName, siteName, evseNumber }) => (
      <>
        {stationName}
        <span className="c-sub">{[siteName, evseNumber && `EVSE ${evseNumber}`].filter(Boolean).join(' · ')}</span>
      </>
    ),
    sortBy: ({ stationName }) => stationName,
  },
  {
    id: 'soc',
    header: t('energy.soc'),
    unit: '%',
    numeric: true,
    cell: ({ socPercent }) =>
      socPercent === undefined ? (
        t('word.unknown')
      ) : (
        <>
          <span className="c-bar" aria-hidden>
            <i style={{ width: `${socPercent}%` }} />
          </span>
          {formatNumber(socPercent)}
        </>
      ),
    sortBy: ({ socPercent }) => socPercent,
  },
  {
    id: 'battery',
    header: t('energy.battery'),
    unit: 'kWh',
    numeric: true,
    show: 'wide',
    cell: ({ batteryWh }) => (batteryWh === undefined ? '' : formatNumber(batteryWh / 1000)),
    sortBy: ({ batteryWh }) => batteryWh,
  },
  {
    id: 'power',
    header: t('energy.power.column'),
    unit: 'kW',
    numeric: true,
    cell: ({ powerW }) => (powerW === undefined ? '' : formatNumber(powerW / 1000, 1)),
    sortBy: ({ powerW }) => powerW,
  },
  {
    id: 'energy',
    header: t('energy.energy.column'),
    unit: 'kWh',
    numeric: true,
    show: 'wide',
    cell: ({ importWh }) => formatNumber(importWh / 1000, 2),
    sortBy: ({ importWh }) => importWh,
  },
  {
    id: 'since',
    header: t('energy.since'),
    show: 'wide',
    cell: ({ startedAt }) => <Age at={startedAt} now={now} />,
    sortBy: ({ startedAt }) => startedAt,
  },
]

/** Each plugged-in car's state of charge, and that of all together. */
export const VehiclesPart = () => {
  const now = useNow(30_000)
  const { data, error, isPending, refetch } = useQuery(vehiclesQuery)
  const { inError } = route.useSearch()
  const navigate = route.useNavigate()
  const overall = data?.overallSocPercent
  const items = data?.items ?? []
  return (
    <Part title={t('energy.vehicles')} hint={overall === undefined ? undefined : `${t('energy.socOverall')}: ${formatPercent(overall)}`}>
      {error && !data ? (
        <ProblemNote error={error} onRetry={() => void refetch()} />
      ) : (
        <>
          <Filters>
            <InErrorFilter
              value={inError ?? false}
              onChange={(next) => void navigate({ search: (old) => ({ ...old, inError: next || undefined }), replace: true })}
            />
          </Filters>
          <DataTable
            caption={t('energy.vehicles')}
            columns={columnsAt(now)}
            rows={inError ? items.filter((row) => vehicleFault(row, now)) : items}
            toneOf={(row) => (vehicleFault(row, now) ? 'warning' : undefined)}
            rowKey={({ sessionId }) => sessionId}
            loading={isPending}
            empty={inError ? t('list.noErrors') : t('energy.vehiclesEmpty')}
          />
        </>
      )}
    </Part>
  )
}
