import { IconMapPin } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { formatEnergy, useNow } from '@voltway/ui'
import { sitesQuery } from '../api/queries.ts'
import type { PublicEvse } from '../api/types.ts'
import { useDriver } from '../api/use-driver.ts'
import { typicalEnergyWh } from '../find/estimate.ts'
import { Page } from '../layout/page.tsx'
import { Empty, Failure, Waiting } from '../layout/states.tsx'
import { text } from '../text.ts'
import { ConnectorRow } from './connector-row.tsx'

const route = getRouteApi('/sites/$siteId')
const stationOf = ({ stationName }: PublicEvse) => stationName ?? ''

/** A place: its stations, each with its connectors. */
export const SitePage = () => {
  const { siteId } = route.useParams()
  const now = useNow(10_000)
  const sites = useQuery(sitesQuery)
  const { vehicle } = useDriver()
  const site = sites.data?.items.find(({ id }) => id === siteId)
  if (sites.isPending)
    return (
      <Page title={text('loading')} back="/">
        <Waiting />
      </Page>
    )
  if (sites.isError)
    return (
      <Page title={text('findTitle')} back="/">
        <Failure error={sites.error} onRetry={() => void sites.refetch()} />
      </Page>
    )
  if (!site)
    return (
      <Page title={text('notFoundTitle')} back="/">
        <Empty>{text('problemNotFound')}</Empty>
      </Page>
    )
  return (
    <Page title={site.name} back="/">
      <p className="vw-place">
        <IconMapPin size={18} aria-hidden />
        <span>
          {site.address}, {site.city} ·{' '}
          <a href={`geo:${site.latitude},${site.longitude}?q=${site.latitude},${site.longitude}`}>{text('directions')}</a>
          <br />
          <span className="vw-muted">{text('operatedBy', { operator: site.operatorName })}</span>
        </span>
      </p>
      <p className="vw-muted vw-basis">
        {vehicle
          ? text('priceBasisCar', { energy: formatEnergy(typicalEnergyWh(vehicle)), car: vehicle.label })
          : text('priceBasis', { energy: formatEnergy(typicalEnergyWh(vehicle)) })}
      </p>
      {[...Map.groupBy(site.evses, stationOf)].map(([station, evses]) => (
        <section key={station} className="vw-group">
          {station && <h2>{station}</h2>}
          <ul className="vw-list vw-rows">
            {evses.map((evse) => (
              <li key={evse.code}>
                <ConnectorRow evse={evse} currency={site.currency} vehicle={vehicle} now={now} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Page>
  )
}
