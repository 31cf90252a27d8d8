import { dropPartitionsBefore, ensurePartitions } from '@voltway/store'
import { DAY, type EpochMs, epochMs, HOUR, type Milliseconds } from '@voltway/units'
import type { Services } from '../services.ts'

const EVERY = (6 * HOUR) as Milliseconds
/** Raw frames, statuses and events are kept for two years; meter values, which bills rest on, are never dropped. */
const KEPT_DAYS = 731
const PASSING = ['ocpp_message', 'status_history', 'outbox'] as const

/** Sees to this and the coming months' partitions and drops what is past its time, now and every six hours; the answer ends it. */
export function keepPartitions({ db, clock, log }: Pick<Services, 'db' | 'clock' | 'log'>): () => void {
  let cancel = () => {}
  const keep = async (now: EpochMs) => {
    await ensurePartitions(db, now)
    for (const table of PASSING) await dropPartitionsBefore(db, table, epochMs(now - KEPT_DAYS * DAY))
  }
  const next = () => {
    cancel = clock.after(EVERY, () => {
      keep(clock.now()).catch((error: unknown) => log.error('partitions could not be kept', { error: String(error) }))
      next()
    })
  }
  next()
  return () => cancel()
}
