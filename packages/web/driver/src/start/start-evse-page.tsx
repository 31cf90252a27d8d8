import '../kit.ts'
import { Button, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { formatDuration, formatEnergy, formatMoney, StatusBadge, useNow } from '@voltway/ui'
import { evseQuery } from '../api/queries.ts'
import type { PublicEvseDetail } from '../api/types.ts'
import { useDriver } from '../api/use-driver.ts'
import { Page } from '../layout/page.tsx'
import { SignedIn } from '../layout/signed-in.tsx'
import { Failure, Notice, Waiting } from '../layout/states.tsx'
import { PriceForMe } from '../place/price-for-me.tsx'
import { WhichConnector } from '../place/which-connector.tsx'
import { text } from '../text.ts'
import { useStart } from './use-start.ts'

const route = getRouteApi('/start/$code')
/** A station that did not report by then is most likely not going to. */
const PATIENCE_MS = 45_000

const UnderWhat = ({ offer, booking }: Pick<ReturnType<typeof useStart>, 'offer' | 'booking'>) => {
  if (offer)
    return (
      <Notice tone="good">{text('startsUnderPlan', { energy: formatEnergy(offer.energyWh), cost: formatMoney(offer.cost.total) })}</Notice>
    )
  return booking ? (
    <Notice tone="good">{text('startsUnderBooking', { code: booking.code, cost: formatMoney(booking.plan.cost.total) })}</Notice>
  ) : null
}

const Starter = ({ site, evse }: PublicEvseDetail) => {
  const now = useNow(1_000)
  const { vehicle } = useDriver()
  const starting = useStart(evse.code, { vehicleId: vehicle?.id, now })
  const { askedAt, offer, booking } = starting
  if (askedAt !== undefined)
    return (
      <section className="vw-card vw-starting" role="status">
        {now - askedAt < PATIENCE_MS ? (
          <>
            <Loader size="md" aria-hidden />
            <h2>{text(evse.status === 'available' ? 'plugInNow' : 'waitingForStation')}</h2>
            <p className="vw-muted">{text('waitingSince', { time: formatDuration(now - askedAt) })}</p>
          </>
        ) : (
          <>
            <Notice tone="warn">{text('notStartedYet')}</Notice>
            <div className="vw-actions">
              <Button size="lg" onClick={starting.again}>
                {text('tryAgain')}
              </Button>
              <Link to="/help" className="vw-button">
                {text('help')}
              </Link>
            </div>
          </>
        )}
      </section>
    )
  return (
    <>
      <UnderWhat offer={offer} booking={booking} />
      {!offer && !booking && <PriceForMe evse={evse} currency={site.currency} vehicle={vehicle} signedIn />}
      {starting.error && (
        <>
          <Failure error={starting.error} />
          <Link to="/help" className="vw-button">
            {text('help')}
          </Link>
        </>
      )}
      <div className="vw-actions vw-actions-end">
        <Button size="xl" loading={starting.pending} onClick={starting.start}>
          {text('startCharging')}
        </Button>
      </div>
    </>
  )
}

/** Where a QR code leads: this connector, its price, and one button. */
export const StartEvsePage = () => {
  const { code } = route.useParams()
  const query = useQuery(evseQuery(code))
  if (query.isPending)
    return (
      <Page title={text('startTitle')} back="/start">
        <Waiting />
      </Page>
    )
  if (query.isError)
    return (
      <Page title={text('startTitle')} back="/start">
        <Failure error={query.error} onRetry={() => void query.refetch()} />
        <p>{text('codeUnknown')}</p>
        <Link to="/start" className="vw-button">
          {text('typeAgain')}
        </Link>
      </Page>
    )
  const { site, evse } = query.data
  return (
    <Page title={text('startAt', { connector: evse.label })} back="/start">
      <section className="vw-card vw-evse">
        <div className="vw-evse-status">
          <StatusBadge status={evse.status} size={20} />
          <span className="vw-muted">
            {site.name}
            {evse.stationName && ` · ${evse.stationName}`} · {Math.round(evse.maxPowerW / 1000)} kW
          </span>
        </div>
        <WhichConnector side={evse.side} />
      </section>
      <SignedIn>
        <Starter site={site} evse={evse} />
      </SignedIn>
    </Page>
  )
}
