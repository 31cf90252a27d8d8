import { useQuery } from '@tanstack/react-query'
import { type LiveEvent, useLive } from '@voltway/ui'
import { useEffect, useState } from 'react'
import { noticesQuery } from '../api/queries.ts'
import { noticeText } from '../charging/notice-text.ts'

const TYPES = [
  'session.changed',
  'session.ended',
  'session.held',
  'reservation.changed',
  'cdr.issued',
  'meter.sampled',
  'notification.created',
]
const SHOWN_MS = 8_000

const staleAfter = ({ type }: LiveEvent) => {
  if (type === 'notification.created') return [['notices']]
  if (type === 'reservation.changed') return [['reservations'], ['plans']]
  if (type === 'cdr.issued') return [['sessions'], ['receipt']]
  return [['sessions']]
}

/** Follows the driver's own things, and says aloud what the driver is told. */
export const Live = () => {
  useLive('/api/v1/driver/events', TYPES, staleAfter)
  const notices = useQuery(noticesQuery)
  const newest = notices.data?.items[0]
  const [seen, setSeen] = useState<string>()
  useEffect(() => {
    if (!newest || newest.id === seen) return
    // What was there when the app opened is no news.
    if (seen === undefined || newest.readAt) return setSeen(newest.id)
    const timer = setTimeout(() => setSeen(newest.id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [newest, seen])
  const shown = newest && seen !== undefined && newest.id !== seen && !newest.readAt
  return (
    <div className="vw-toast" role="status" aria-live="polite">
      {shown && <p>{noticeText(newest.kind, newest.data)}</p>}
    </div>
  )
}
