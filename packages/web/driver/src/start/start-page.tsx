import '../kit.ts'
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { formatDateTime } from '@voltway/ui'
import { useState } from 'react'
import { isUpcoming, reservationsQuery } from '../api/queries.ts'
import { useDriver } from '../api/use-driver.ts'
import { Page } from '../layout/page.tsx'
import { text } from '../text.ts'
import { readCode } from './read-code.ts'
import { Scanner } from './scanner.tsx'

/** Three equal ways to start: the code on the station, my booking, or the plug first. */
export const StartPage = () => {
  const navigate = useNavigate()
  const { driver } = useDriver()
  const reservations = useQuery({ ...reservationsQuery, enabled: driver !== undefined })
  const upcoming = (reservations.data?.items ?? []).filter(isUpcoming).toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))
  const [typed, setTyped] = useState('')
  const [unread, setUnread] = useState(false)
  const go = (input: string) => {
    const read = readCode(
      input,
      upcoming.map(({ code }) => code),
    )
    setUnread(read === undefined)
    if (!read) return
    const booking = upcoming.find(({ code }) => read.kind === 'booking' && code === read.code)
    if (booking) void navigate({ to: '/reservations/$id', params: { id: booking.id } })
    else void navigate({ to: '/start/$code', params: { code: read.code } })
  }
  return (
    <Page title={text('startTitle')}>
      <section className="vw-card">
        <h2>{text('startByCode')}</h2>
        <p className="vw-muted">{text('startByCodeHint')}</p>
        <Scanner onCode={go} />
        <form
          className="vw-code-form"
          onSubmit={(event) => {
            event.preventDefault()
            go(typed)
          }}
        >
          <TextInput
            size="lg"
            label={text('typeCode')}
            value={typed}
            autoCapitalize="characters"
            autoComplete="off"
            spellCheck={false}
            error={unread ? text('codeUnread') : undefined}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          <Button size="lg" type="submit">
            {text('go')}
          </Button>
        </form>
      </section>
      <section className="vw-card">
        <h2>{text('startByBooking')}</h2>
        {upcoming.length === 0 && <p className="vw-muted">{text('noBooking')}</p>}
        <ul className="vw-list vw-rows">
          {upcoming.map((one) => (
            <li key={one.id}>
              <Link to="/reservations/$id" params={{ id: one.id }} className="vw-row">
                <span className="vw-row-main">
                  <strong className="vw-mono">{one.code}</strong>
                  <span className="vw-muted">
                    {one.siteName} · {one.evseLabel}
                  </span>
                </span>
                <span className="vw-row-end vw-muted">{formatDateTime(one.startsAt, one.timeZone)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <section className="vw-card">
        <h2>{text('startByPlug')}</h2>
        <p className="vw-muted">{text('startByPlugHint')}</p>
      </section>
      <p>
        <Link to="/help" className="vw-button">
          {text('didNotStart')}
        </Link>
      </p>
    </Page>
  )
}
