import '../kit.ts'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api, formatDateTime, formatDuration, formatEnergy, formatTime, PlanChart, useNow } from '@voltway/ui'
import { evseQuery, isUpcoming, reservationQuery, useChange } from '../api/queries.ts'
import type { Reservation } from '../api/types.ts'
import { Confirm } from '../layout/confirm.tsx'
import { Page } from '../layout/page.tsx'
import { SignedIn } from '../layout/signed-in.tsx'
import { Failure, Notice, Waiting } from '../layout/states.tsx'
import { WhichConnector } from '../place/which-connector.tsx'
import { minimumText } from '../plan/minimum-text.ts'
import { planStretches, planStretchText } from '../plan/plan-stretches.ts'
import { CostLines } from '../session/cost-lines.tsx'
import { text } from '../text.ts'
import { reservationStateText } from './state-text.ts'

const route = getRouteApi('/reservations/$id')
/** So early may a reserved slot be used when it is free. */
const EARLY_MS = 15 * 60_000

/** The code in two groups, so that it is read and typed without losing the place. */
const grouped = (code: string) => `${code.slice(0, 4)} ${code.slice(4)}`.trim()

const Code = ({ reservation }: { readonly reservation: Reservation }) => (
  <section className="vw-card vw-code">
    <h2>{text('bookingCode')}</h2>
    <p className="vw-code-text">
      <span aria-hidden="true">{grouped(reservation.code)}</span>
      <span className="vw-hidden">{reservation.code.split('').join(' ')}</span>
    </p>
    <p className="vw-muted">{text('bookingCodeHint')}</p>
  </section>
)

const Place = ({ reservation }: { readonly reservation: Reservation }) => {
  const evse = useQuery(evseQuery(reservation.evseCode)).data?.evse
  const { timeZone, startsAt, endsAt } = reservation
  return (
    <section className="vw-card">
      <dl className="vw-facts">
        <div>
          <dt>{text('time')}</dt>
          <dd>
            {formatDateTime(startsAt, timeZone)} – {formatTime(endsAt, timeZone)}
          </dd>
        </div>
        <div>
          <dt>{text('place')}</dt>
          <dd>
            <Link to="/sites/$siteId" params={{ siteId: reservation.siteId }}>
              {reservation.siteName}
            </Link>
            {' · '}
            {reservation.stationName}
          </dd>
        </div>
        <div>
          <dt>{text('connector')}</dt>
          <dd>{reservation.evseLabel}</dd>
        </div>
        <div>
          <dt>{text('energy')}</dt>
          <dd>{formatEnergy(reservation.plan.energyWh)}</dd>
        </div>
      </dl>
      <WhichConnector side={evse?.side} />
    </section>
  )
}

const Actions = ({ reservation }: { readonly reservation: Reservation }) => {
  const now = useNow(5_000)
  const cancel = useChange(() => api<Reservation>('POST', `/driver/reservations/${reservation.id}/cancel`), [['reservations'], ['sites']])
  const untilStart = Date.parse(reservation.startsAt) - now
  return (
    <>
      {cancel.error && <Failure error={cancel.error} />}
      {untilStart > EARLY_MS && <p className="vw-muted">{text('startsIn', { time: formatDuration(untilStart) })}</p>}
      <div className="vw-actions vw-actions-end">
        {untilStart <= EARLY_MS && (
          <Link to="/start/$code" params={{ code: reservation.evseCode }} className="vw-button vw-button-main">
            {text('startNow')}
          </Link>
        )}
        <Confirm
          label={text('cancelReservation')}
          question={text('cancelQuestion')}
          detail={text('cancelDetail')}
          pending={cancel.isPending}
          onConfirm={() => cancel.mutate(undefined)}
          render={(open) => (
            <Button size="lg" variant="default" onClick={open}>
              {text('cancelReservation')}
            </Button>
          )}
        />
      </div>
    </>
  )
}

/** When it charges, where it pauses in between; and what of a minimum will be missing at its hour. */
const Stretches = ({ plan, timeZone }: Pick<Reservation, 'plan' | 'timeZone'>) => {
  const stretches = planStretches(plan)
  const short = minimumText(plan, timeZone)
  return (
    <>
      {stretches.length > 1 && (
        <>
          <p>{text('planStretches', { count: stretches.length })}</p>
          <ul className="vw-stretches">
            {stretches.map((stretch) => (
              <li key={stretch.from}>{planStretchText(stretch, timeZone)}</li>
            ))}
          </ul>
        </>
      )}
      {short !== undefined && <Notice tone="warn">{short}</Notice>}
    </>
  )
}

const Details = ({ id }: { readonly id: string }) => {
  const query = useQuery(reservationQuery(id))
  if (query.isPending) return <Waiting />
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />
  const reservation = query.data
  const { plan, timeZone } = reservation
  return (
    <>
      <Notice tone={isUpcoming(reservation) || reservation.state === 'active' ? 'good' : 'info'}>
        {reservationStateText(reservation)}
      </Notice>
      {isUpcoming(reservation) && <Code reservation={reservation} />}
      <Place reservation={reservation} />
      {reservation.sessionId && (
        <Link to="/sessions/$id" params={{ id: reservation.sessionId }} className="vw-button vw-button-main">
          {text('showSession')}
        </Link>
      )}
      {isUpcoming(reservation) && <Actions reservation={reservation} />}
      <section className="vw-card">
        <h2>{text('planAccepted')}</h2>
        {plan.curve.length > 1 && (
          <PlanChart
            from={plan.start}
            to={plan.end}
            timeZone={timeZone}
            prices={[]}
            curve={plan.curve}
            height={110}
            label={text('planAccepted')}
          />
        )}
        <Stretches plan={plan} timeZone={timeZone} />
        <CostLines cost={plan.cost} />
        <p className="vw-muted">{text('priceFrozen')}</p>
      </section>
    </>
  )
}

/** A slot that is mine: its code, large, and everything needed at the station. */
export const ReservationPage = () => {
  const { id } = route.useParams()
  return (
    <Page title={text('reservation')} back="/charging">
      <SignedIn>
        <Details id={id} />
      </SignedIn>
    </Page>
  )
}
