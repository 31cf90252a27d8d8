import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '@voltway/ui'
import { useEffect, useState } from 'react'
import { isOpen, isUpcoming, openSessionsQuery, reservationsQuery, useChange } from '../api/queries.ts'
import { forgetOffer, offerFor } from './offers.ts'

const ASK_EVERY = 2_000

/** Starts at a connector, under an offer or a booking of mine if there is one, and goes to the session when the station reports it. */
export const useStart = (code: string, { vehicleId, now }: { readonly vehicleId: string | undefined; readonly now: number }) => {
  const navigate = useNavigate()
  const [askedAt, setAskedAt] = useState<number>()
  const [offer] = useState(() => offerFor(code))
  const reservations = useQuery(reservationsQuery)
  const sessions = useQuery({ ...openSessionsQuery, refetchInterval: askedAt ? ASK_EVERY : false })
  const booking = (reservations.data?.items ?? []).find(
    (one) => one.evseCode === code && isUpcoming(one) && Date.parse(one.startsAt) - 15 * 60_000 <= now && Date.parse(one.endsAt) > now,
  )
  const start = useChange(
    () =>
      api<{ readonly requestId: string }>('POST', '/driver/sessions', {
        evseCode: code,
        ...(offer?.offer ? { offer: offer.offer } : booking && { reservationId: booking.id }),
        ...(vehicleId && { vehicleId }),
      }),
    [['sessions'], ['reservations']],
  )
  const open = sessions.data?.items.find((session) => session.evseCode === code && isOpen(session))
  useEffect(() => {
    if (!open) return
    forgetOffer(code)
    void navigate({ to: '/sessions/$id', params: { id: open.id }, replace: true })
  }, [open, code, navigate])
  const again = () => {
    forgetOffer(code)
    start.reset()
    setAskedAt(undefined)
  }
  return {
    start: () => start.mutate(undefined, { onSuccess: () => setAskedAt(Date.now()) }),
    again,
    askedAt,
    pending: start.isPending,
    error: start.error,
    offer,
    booking,
  }
}
