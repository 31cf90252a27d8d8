import type { EpochMs } from '@voltway/units'
import type { Usage } from '../tariffs/cost.ts'
import type { SessionFold } from './fold-session.ts'

/**
 * What a session used up to an instant, as pricing reads it. Idle time begins where charging ended, and there is none in a
 * session that never charged: a car that got nothing does not pay for waiting.
 */
export const usageOf = (fold: SessionFold, asOf: EpochMs): Usage => {
  const by = (at: EpochMs | undefined) => (at !== undefined && at <= asOf ? at : undefined)
  return {
    startedAt: fold.startedAt,
    chargingEndedAt: by(fold.charged ? fold.chargingEndedAt : fold.endedAt),
    disconnectedAt: by(fold.endedAt),
    asOf,
    points: fold.points,
  }
}
