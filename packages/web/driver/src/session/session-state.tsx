import { IconBolt, IconCheck, IconClockHour4, IconLock, IconLockOpen, IconPlayerPause, IconPlugConnected } from '@tabler/icons-react'
import { formatDuration, formatMoney } from '@voltway/ui'
import type { Session } from '../api/types.ts'
import { text } from '../text.ts'
import { idleFeeOf } from './idle-fee.ts'
import { useStopping } from './use-stopping.ts'

const LOOK = {
  pending: { icon: IconPlugConnected, words: 'sessionPending', tone: 'suspended' },
  charging: { icon: IconBolt, words: 'sessionCharging', tone: 'charging' },
  suspended: { icon: IconPlayerPause, words: 'sessionSuspended', tone: 'suspended' },
  idle: { icon: IconCheck, words: 'sessionIdle', tone: 'available' },
  stopping: { icon: IconLock, words: 'sessionStopping', tone: 'suspended' },
  unlocked: { icon: IconLockOpen, words: 'sessionUnlocked', tone: 'available' },
  unlockedSaid: { icon: IconLockOpen, words: 'sessionUnlockedSaid', tone: 'available' },
  locked: { icon: IconLock, words: 'sessionLocked', tone: 'suspended' },
  held: { icon: IconClockHour4, words: 'sessionHeld', tone: 'suspended' },
  billed: { icon: IconCheck, words: 'sessionBilled', tone: 'available' },
} as const

const lookOf = (session: Session, stopping: boolean) => {
  if (session.state === 'held') return LOOK.held
  // The bill may be there before the plug is free.
  if (session.endedAt && !session.unlocked) return LOOK.locked
  if (session.state === 'billed') return LOOK.billed
  if (session.endedAt) return session.unlockedAt ? LOOK.unlockedSaid : LOOK.unlocked
  return stopping ? LOOK.stopping : LOOK[session.state as 'pending' | 'charging' | 'suspended' | 'idle']
}

const Idle = ({ session, now }: { readonly session: Session; readonly now: number }) => {
  const fee = idleFeeOf(session)
  if (!fee) return null
  const price = formatMoney({ currency: session.cost?.currency ?? 'EUR', micros: fee.perMinuteMicros })
  return (
    <p className="vw-idle">
      {fee.from > now ? text('idleIn', { time: formatDuration(fee.from - now), price }) : text('idleNow', { price })}
    </p>
  )
}

/** What the session is doing now, as icon and sentence. */
export const SessionState = ({ session, now }: { readonly session: Session; readonly now: number }) => {
  const { stopping } = useStopping(session)
  const { icon: Icon, words, tone } = lookOf(session, stopping)
  return (
    <div className="vw-state" style={{ color: `var(--vw-${tone})` }}>
      <p role="status">
        <Icon size={24} aria-hidden />
        {text(words)}
      </p>
      <Idle session={session} now={now} />
    </div>
  )
}
