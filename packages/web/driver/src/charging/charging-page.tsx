import { IconBell } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatDateTime, formatEnergy, formatMoney, formatTime } from '@voltway/ui'
import { isOpen, isUpcoming, noticesQuery, openSessionsQuery, reservationsQuery, sessionPagesQuery } from '../api/queries.ts'
import type { Reservation, Session } from '../api/types.ts'
import { Page } from '../layout/page.tsx'
import { ShowMore } from '../layout/show-more.tsx'
import { SignedIn } from '../layout/signed-in.tsx'
import { Empty, Failure, Waiting } from '../layout/states.tsx'
import { text } from '../text.ts'

const SessionRow = ({ session }: { readonly session: Session }) => (
  <Link to="/sessions/$id" params={{ id: session.id }} className="vw-row">
    <span className="vw-row-main">
      <strong>{session.siteName}</strong>
      <span className="vw-muted">
        {formatDateTime(session.startedAt, session.timeZone)} · {session.evseLabel}
      </span>
    </span>
    <span className="vw-row-end">
      <strong className="vw-number">{session.cost ? formatMoney(session.cost.total) : '–'}</strong>
      <span className="vw-muted vw-number">
        {session.state === 'held' && `${text('inReview')} · `}
        {formatEnergy(session.importWh)}
      </span>
    </span>
  </Link>
)

const ReservationRow = ({ one }: { readonly one: Reservation }) => (
  <Link to="/reservations/$id" params={{ id: one.id }} className="vw-row">
    <span className="vw-row-main">
      <strong>{one.siteName}</strong>
      <span className="vw-muted">
        {formatDateTime(one.startsAt, one.timeZone)} – {formatTime(one.endsAt, one.timeZone)} · {one.evseLabel}
      </span>
    </span>
    <span className="vw-row-end">
      <strong className="vw-mono">{one.code}</strong>
      <span className="vw-muted vw-number">{formatMoney(one.plan.cost.total)}</span>
    </span>
  </Link>
)

const Sessions = ({ sessions, empty }: { readonly sessions: readonly Session[]; readonly empty: string }) =>
  sessions.length === 0 ? (
    <Empty>{empty}</Empty>
  ) : (
    <ul className="vw-list vw-rows">
      {sessions.map((session) => (
        <li key={session.id}>
          <SessionRow session={session} />
        </li>
      ))}
    </ul>
  )

const Mine = () => {
  const running = useQuery(openSessionsQuery)
  const pages = useInfiniteQuery(sessionPagesQuery)
  const reservations = useQuery(reservationsQuery)
  const notices = useQuery(noticesQuery)
  const sessions = pages.data?.pages.flatMap(({ items }) => items)
  // A further page that fails says so where it was asked for.
  const error = running.error ?? (sessions ? null : pages.error) ?? reservations.error
  if (error) return <Failure error={error} onRetry={() => void Promise.all([running.refetch(), pages.refetch(), reservations.refetch()])} />
  if (!running.data || !sessions || !reservations.data) return <Waiting />
  const upcoming = reservations.data.items.filter(isUpcoming).toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))
  const open = running.data.items.filter(isOpen)
  const over = sessions.filter((session) => !isOpen(session))
  const unread = notices.data?.items.filter(({ readAt }) => readAt === undefined).length ?? 0
  return (
    <>
      <Link to="/notifications" className="vw-button">
        <IconBell size={20} aria-hidden /> {unread > 0 ? text('noticesNew', { count: unread }) : text('notices')}
      </Link>
      {open.length > 0 && (
        <section className="vw-group">
          <h2>{text('running')}</h2>
          <Sessions sessions={open} empty="" />
        </section>
      )}
      <section className="vw-group">
        <h2>{text('upcoming')}</h2>
        {upcoming.length === 0 ? (
          <Empty>{text('noUpcoming')}</Empty>
        ) : (
          <ul className="vw-list vw-rows">
            {upcoming.map((one) => (
              <li key={one.id}>
                <ReservationRow one={one} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="vw-group">
        <h2>{text('history')}</h2>
        <Sessions sessions={over} empty={text('noHistory')} />
        <ShowMore pages={pages} count={over.length} />
      </section>
    </>
  )
}

/** What runs, what is reserved, and what was. */
export const ChargingPage = () => (
  <Page title={text('myCharging')}>
    <SignedIn>
      <Mine />
    </SignedIn>
  </Page>
)
