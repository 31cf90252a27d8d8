import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { formatDuration, formatEnergy, formatMoney, formatPercent, formatPower, formatTime, PlanChart, useNow } from '@voltway/ui'
import { isOpen, seriesQuery, sessionQuery } from '../api/queries.ts'
import type { Session, SessionSeries } from '../api/types.ts'
import { Page } from '../layout/page.tsx'
import { SignedIn } from '../layout/signed-in.tsx'
import { Failure, Waiting } from '../layout/states.tsx'
import { SunKey, sunWithin } from '../plan/sun.tsx'
import { text } from '../text.ts'
import { CostLines } from './cost-lines.tsx'
import { flatLimit, measuredSteps, timeLeft } from './course.ts'
import { SessionState } from './session-state.tsx'
import { StopButton } from './stop-button.tsx'

const route = getRouteApi('/sessions/$id')

const Figure = ({ label, value, unit }: { readonly label: string; readonly value: string; readonly unit?: string | undefined }) => (
  <div>
    <dt>{label}</dt>
    <dd>
      <span className="vw-figure vw-number">{value}</span>
      {unit && <span className="vw-muted"> {unit}</span>}
    </dd>
  </div>
)

const Figures = ({ session, now }: { readonly session: Session; readonly now: number }) => {
  const left = timeLeft({
    importWh: session.importWh,
    powerW: session.powerW,
    plannedWh: session.plan?.energyWh,
    planEnd: session.plan?.end,
    endsBy: session.endsBy,
    now,
  })
  const open = isOpen(session)
  return (
    <dl className="vw-figures">
      <Figure label={text('energy')} value={formatEnergy(session.importWh)} />
      <Figure label={text(open ? 'costSoFar' : 'cost')} value={session.cost ? formatMoney(session.cost.total) : '–'} />
      {open && <Figure label={text('power')} value={session.powerW === undefined ? '–' : formatPower(session.powerW)} />}
      <Figure
        label={text('battery')}
        value={session.socPercent === undefined ? '–' : formatPercent(session.socPercent)}
        unit={session.socStart === undefined ? undefined : text('fromSoc', { soc: formatPercent(session.socStart) })}
      />
      {open ? (
        <Figure label={text('timeLeft')} value={session.chargingEndedAt ? text('done') : left === undefined ? '–' : formatDuration(left)} />
      ) : (
        <Figure label={text('duration')} value={formatDuration(Date.parse(session.endedAt ?? '') - Date.parse(session.startedAt))} />
      )}
      {session.exportWh > 0 && <Figure label={text('energyOut')} value={formatEnergy(session.exportWh)} />}
    </dl>
  )
}

type Steering = NonNullable<SessionSeries['steering']>

const STEERED: ReadonlySet<string> = new Set(['promiseKept', 'promiseMoved', 'soonest', 'resting', 'tooLittleTime', 'limits'])
const isKnown = (code: string): code is 'promiseKept' | 'promiseMoved' | 'soonest' | 'resting' | 'tooLittleTime' | 'limits' =>
  STEERED.has(code)

/** What the site gives the car now, and why not more. */
const Steered = ({ steering: { allowedW, shortfallWh, code } }: { readonly steering: Steering }) => (
  <p role="status">
    {allowedW > 0 ? text('steeredNow', { power: formatPower(allowedW) }) : text('steeredPaused')}
    {isKnown(code) && <span className="vw-muted"> {text(`steered_${code}`, { energy: formatEnergy(shortfallWh) })}</span>}
  </p>
)

const Course = ({ session, now }: { readonly session: Session; readonly now: number }) => {
  const series = useQuery(seriesQuery(session.id, isOpen(session)))
  const until = session.endedAt ?? new Date(now).toISOString()
  if (!series.data) return null
  const { planned, allowed, limitW, prices, steering } = series.data
  // The site's word where there is one; the plan is then what was accepted, and not what the station was told.
  const curve = allowed ? (session.plan?.curve ?? []) : planned
  // As far as power is planned: what comes after the last of it says nothing.
  const ahead = planned.findLast(({ powerW }) => powerW > 0)?.to ?? until
  const end = [until, session.plan?.end ?? until, isOpen(session) ? ahead : until].sort().at(-1) ?? until
  const solar = sunWithin(series.data.solar, { from: session.startedAt, to: end })
  return (
    <section className="vw-card">
      <h2>{text('course')}</h2>
      {steering && <Steered steering={steering} />}
      <PlanChart
        from={session.startedAt}
        to={end}
        timeZone={session.timeZone}
        prices={prices}
        curve={curve}
        limit={allowed ?? flatLimit(limitW, { from: session.startedAt, to: end })}
        measured={measuredSteps(series.data, until)}
        {...(solar.length > 0 && { solar })}
        {...(isOpen(session) && { now: until })}
        label={text('courseLabel', { energy: formatEnergy(session.importWh) })}
      />
      <p className="vw-keys" aria-hidden="true">
        <span className="vw-key-measured">{text('legendMeasured')}</span>
        {curve.length > 0 && <span className="vw-key-charge">{text('legendPlanned')}</span>}
        {(allowed ?? limitW) !== undefined && <span className="vw-key-limit">{text(allowed ? 'legendAllowed' : 'legendConnector')}</span>}
        {prices.length > 0 && <span className="vw-key-price">{text('legendPrice')}</span>}
        <SunKey solar={solar} />
      </p>
    </section>
  )
}

const Details = ({ id }: { readonly id: string }) => {
  const query = useQuery(sessionQuery(id))
  const now = useNow(1_000)
  if (query.isPending) return <Waiting />
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />
  const session = query.data
  return (
    <>
      <p className="vw-session-place">
        {session.siteName} · {session.stationName}
        {session.evseLabel && ` · ${session.evseLabel}`}
        <br />
        <span className="vw-muted">
          {text('since', { time: formatTime(session.startedAt, session.timeZone) })}
          {session.endsBy && isOpen(session) && ` · ${text('reservedUntil', { time: formatTime(session.endsBy, session.timeZone) })}`}
          {session.vehicleLabel && ` · ${session.vehicleLabel}`}
        </span>
      </p>
      <SessionState session={session} now={now} />
      <Figures session={session} now={now} />
      {isOpen(session) && <StopButton session={session} />}
      {session.receiptNumber !== undefined && (
        <Link to="/sessions/$id/receipt" params={{ id }} className="vw-button vw-button-main">
          {text('showReceipt')}
        </Link>
      )}
      <Course session={session} now={now} />
      {session.cost && (
        <section className="vw-card">
          <CostLines cost={session.cost} caption={text(isOpen(session) ? 'costSoFar' : 'cost')} />
        </section>
      )}
    </>
  )
}

/** What the car gets and what it costs, as it happens, and the way to stop it. */
export const SessionPage = () => {
  const { id } = route.useParams()
  return (
    <Page title={text('session')} back="/charging">
      <SignedIn>
        <Details id={id} />
      </SignedIn>
    </Page>
  )
}
