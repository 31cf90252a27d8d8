import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api, type Column, DataTable, formatNumber, Time, useNow } from '@voltway/ui'
import type { Driver, Vehicle } from '../../api-types.ts'
import { Confirm } from '../../components/confirm.tsx'
import { Facts } from '../../components/facts.tsx'
import { Page, Part } from '../../components/page.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { StateWord } from '../../components/state-word.tsx'
import { driverQuery } from '../../queries.ts'
import { t, wordOf } from '../../text.ts'
import { useAction } from '../../use-action.ts'
import { useScopes } from '../../use-scopes.ts'
import { sessionColumns, sessionTone } from '../sessions/session-columns.tsx'
import { CreateToken } from './create-token.tsx'
import { tokenColumns, tokenTone } from './token-columns.tsx'

const route = getRouteApi('/shell/drivers/$id')
const kilo = (value: number | undefined) => (value === undefined ? '' : formatNumber(value / 1000, value % 1000 ? 1 : 0))

const VEHICLE_COLUMNS: readonly Column<Vehicle>[] = [
  { id: 'label', header: t('vehicles.label'), cell: ({ label }) => label },
  { id: 'battery', header: t('vehicles.battery'), unit: 'kWh', numeric: true, cell: ({ batteryWh }) => kilo(batteryWh) },
  { id: 'ac', header: t('vehicles.ac'), unit: 'kW', numeric: true, cell: ({ maxAcW }) => kilo(maxAcW) },
  { id: 'dc', header: t('vehicles.dc'), unit: 'kW', numeric: true, cell: ({ maxDcW }) => kilo(maxDcW) },
  {
    id: 'connectors',
    header: t('vehicles.connectors'),
    show: 'wide',
    cell: ({ connectorStandards }) => connectorStandards.map((standard) => wordOf('standard', standard)).join(', '),
  },
]

const Block = ({ driver }: { readonly driver: Driver }) => {
  const [asking, { open, close }] = useDisclosure(false)
  const verb = driver.state === 'blocked' ? 'unblock' : 'block'
  const change = useAction({ run: () => api('POST', `/drivers/${driver.id}/${verb}`, {}), stale: [['drivers']], onDone: close })
  return (
    <>
      <Button size="xs" variant="default" loading={change.isPending} onClick={verb === 'block' ? open : () => change.mutate()}>
        {t(`drivers.${verb}`)}
      </Button>
      <Confirm
        opened={asking}
        title={t('drivers.blockTitle', { name: driver.name })}
        hint={t('drivers.blockHint')}
        confirm={t('drivers.block')}
        waiting={change.isPending}
        onConfirm={() => change.mutate()}
        onClose={close}
      />
    </>
  )
}

/** One driver: tokens, vehicles and the last sessions. */
export const DriverScreen = () => {
  const { id } = route.useParams()
  const now = useNow(60_000)
  const may = useScopes()
  const [adding, { open, close }] = useDisclosure(false)
  const { data, error, refetch } = useQuery(driverQuery(id))
  const back = <Link to="/drivers">{t('page.back', { name: t('drivers.title') })}</Link>
  if (!data)
    return (
      <Page title={t('drivers.drivers')} back={back}>
        {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      </Page>
    )
  const { driver, vehicles, tokens, sessions } = data
  return (
    <Page
      title={driver.name}
      back={back}
      beside={<StateWord family="driverState" state={driver.state} />}
      actions={may('drivers:write') && <Block driver={driver} />}
    >
      <div>
        <div className="c-surface">
          <Facts
            facts={[
              [t('drivers.email'), driver.email],
              [t('drivers.phone'), driver.phone],
              [t('drivers.since'), <Time key="since" at={driver.createdAt} />],
            ]}
          />
        </div>
        <Part
          title={t('drivers.tokens')}
          actions={
            may('drivers:write') && (
              <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={open}>
                {t('tokens.new')}
              </Button>
            )
          }
        >
          <DataTable
            caption={t('drivers.tokens')}
            columns={tokenColumns({ now, withDriver: false, mayChange: may('drivers:write') })}
            rows={tokens}
            rowKey={(token) => token.id}
            toneOf={(token) => tokenTone(token, now)}
            empty={t('tokens.empty')}
          />
        </Part>
        <Part title={t('drivers.vehicles')}>
          <DataTable
            caption={t('drivers.vehicles')}
            columns={VEHICLE_COLUMNS}
            rows={vehicles}
            rowKey={(vehicle) => vehicle.id}
            empty={t('vehicles.empty')}
          />
        </Part>
        <Part title={t('drivers.sessions')}>
          <DataTable
            caption={t('drivers.sessions')}
            columns={sessionColumns(now, { withDriver: false })}
            rows={sessions}
            rowKey={(session) => session.id}
            toneOf={sessionTone}
            empty={t('sessions.empty')}
          />
        </Part>
      </div>
      <CreateToken driverId={id} opened={adding} onClose={close} />
    </Page>
  )
}
