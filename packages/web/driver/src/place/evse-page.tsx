import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { formatAge, formatDateTime, StatusBadge, useNow } from '@voltway/ui'
import { evseQuery } from '../api/queries.ts'
import { useDriver } from '../api/use-driver.ts'
import { fits } from '../find/estimate.ts'
import { plugName } from '../find/plug-summary.ts'
import { Page } from '../layout/page.tsx'
import { Failure, Notice, Waiting } from '../layout/states.tsx'
import { text } from '../text.ts'
import { PriceForMe } from './price-for-me.tsx'
import { WhichConnector } from './which-connector.tsx'

const route = getRouteApi('/e/$code')
const CLOSED = new Set(['faulted', 'unavailable', 'offline'])

/** One connector: is it free, which one is it, what does it cost me; then plan, or start. */
export const EvsePage = () => {
  const { code } = route.useParams()
  const now = useNow(10_000)
  const query = useQuery(evseQuery(code))
  const { driver, vehicle } = useDriver()
  if (query.isPending)
    return (
      <Page title={text('loading')} back="/">
        <Waiting />
      </Page>
    )
  if (query.isError)
    return (
      <Page title={text('connector')} back="/">
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    )
  const { site, evse } = query.data
  return (
    <Page title={evse.label} back="/">
      <p>
        <Link to="/sites/$siteId" params={{ siteId: site.id }}>
          {site.name}
        </Link>
        {evse.stationName && ` · ${evse.stationName}`}
        <br />
        <span className="vw-muted">
          {site.address}, {site.city}
        </span>
      </p>
      <section className="vw-card vw-evse">
        <div className="vw-evse-status">
          <StatusBadge status={evse.status} size={22} />
          {evse.statusAt && <span className="vw-muted">{formatAge(evse.statusAt, now)}</span>}
        </div>
        <dl className="vw-facts">
          <div>
            <dt>{text('plug')}</dt>
            <dd>{evse.standards.map(plugName).join(' / ')}</dd>
          </div>
          <div>
            <dt>{text('power')}</dt>
            <dd>
              {Math.round(evse.maxPowerW / 1000)} kW {evse.currentType}
            </dd>
          </div>
          <div>
            <dt>{text('code')}</dt>
            <dd className="vw-mono">{evse.code}</dd>
          </div>
        </dl>
        <WhichConnector side={evse.side} />
      </section>
      {vehicle && !fits(evse, vehicle) && <Notice tone="warn">{text('plugDoesNotFit', { car: vehicle.label })}</Notice>}
      {evse.reservedFrom && <Notice>{text('reservedFrom', { time: formatDateTime(evse.reservedFrom, site.timeZone) })}</Notice>}
      {CLOSED.has(evse.status) && <Notice tone="warn">{text('closedNow')}</Notice>}
      <PriceForMe evse={evse} currency={site.currency} vehicle={vehicle} signedIn={driver !== undefined} />
      <div className="vw-actions vw-actions-end">
        <Link to="/plan/$code" params={{ code }} className="vw-button vw-button-main">
          {text('planAndReserve')}
        </Link>
        {!CLOSED.has(evse.status) && (
          <Link to="/start/$code" params={{ code }} className="vw-button">
            {text('startNow')}
          </Link>
        )}
      </div>
    </Page>
  )
}
