import { IconLock, IconLockOpen } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { formatTime, Time } from '@voltway/ui'
import type { Session } from '../../api-types.ts'
import { causeWord } from '../../cause-word.ts'
import { Facts } from '../../components/facts.tsx'
import { t, wordOf } from '../../text.ts'

const at = (instant: string | undefined, timeZone: string) => instant && <Time at={instant} timeZone={timeZone} />

/** The projected outcome may say what a session was lost to before it was billed; a receipt has the last word. */
const outcomeWord = ({ outcome, receiptNumber }: Session) => {
  if (receiptNumber !== undefined) return wordOf('step', 'paid')
  const [step = '', cause, code] = outcome?.split(':') ?? []
  return [wordOf('step', step), cause && causeWord(cause, code)].filter(Boolean).join(' · ')
}

/** By the station's own word where it has one; else by what is known of its transaction. */
const lockWord = ({ unlocked, unlockedAt, plug, timeZone }: Session) => {
  if (!unlocked) return t(plug === 'locked' ? 'session.lockedSaid' : 'session.locked')
  return unlockedAt ? t('session.unlockedSaid', { time: formatTime(unlockedAt, timeZone) }) : t('session.unlockedEnded')
}

/** Who, where, by which token and reservation, and how it ended. */
export const SessionFacts = ({ session }: { readonly session: Session }) => {
  const { timeZone } = session
  return (
    <div className="c-surface">
      <Facts
        facts={[
          [
            t('session.station'),
            <Link key="station" to="/stations/$id" params={{ id: session.stationId }}>
              {session.stationName}
            </Link>,
          ],
          [t('session.evse'), [session.evseLabel, session.evseCode].filter(Boolean).join(' · ')],
          session.driverId
            ? [
                t('session.driver'),
                <Link key="driver" to="/drivers/$id" params={{ id: session.driverId }}>
                  {session.driverName ?? session.driverId}
                </Link>,
              ]
            : undefined,
          [t('session.vehicle'), session.vehicleLabel],
          session.tokenLastFour ? [t('session.token'), t('session.tokenEnds', { last: session.tokenLastFour })] : undefined,
          session.reservationId
            ? [
                t('session.reservation'),
                <Link key="reservation" to="/reservations" search={{ open: session.reservationId }}>
                  {session.reservationCode ?? session.reservationId}
                </Link>,
              ]
            : undefined,
          [t('session.endsBy'), at(session.endsBy, timeZone)],
          [t('session.startedAt'), at(session.startedAt, timeZone)],
          [t('session.chargingEnded'), at(session.chargingEndedAt, timeZone)],
          [t('session.ended'), at(session.endedAt, timeZone)],
          [t('session.stopReason'), session.stopReason && wordOf('stopReason', session.stopReason)],
          [t('session.outcome'), session.outcome && outcomeWord(session)],
          [
            t('session.cable'),
            <span key="cable" className="c-state">
              {session.unlocked ? <IconLockOpen size={15} aria-hidden /> : <IconLock size={15} aria-hidden />}
              {lockWord(session)}
            </span>,
          ],
        ]}
      />
    </div>
  )
}
