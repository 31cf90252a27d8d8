import { dropPartitionsBefore, ensurePartitions } from '@voltway/store'
import { DAY, epochMs, HOUR, type Milliseconds } from '@voltway/units'
import type { Services } from '../services.ts'
import { type Repeating, repeat } from './repeat.ts'

const EVERY = (6 * HOUR) as Milliseconds
/** Raw frames, statuses and events are kept for two years; meter values, which bills rest on, are never dropped. */
const KEPT_DAYS = 731
const PASSING = ['ocpp_message', 'status_history', 'outbox'] as const

/** Sees to this and the coming months' partitions and drops what is past its time, now and every six hours. */
export const keepPartitions = ({
  db,
  clock,
  log,
  hasDuty,
}: Pick<Services, 'db' | 'clock' | 'log'> & { readonly hasDuty?: () => boolean }): Repeating =>
  repeat(clock, EVERY, {
    turn: async () => {
      if (hasDuty?.() === false) return
      const now = clock.now()
      await ensurePartitions(db, now)
      for (const table of PASSING) await dropPartitionsBefore(db, table, epochMs(now - KEPT_DAYS * DAY))
    },
    onError: (error) => log.error('partitions could not be kept', { error: String(error) }),
  })
