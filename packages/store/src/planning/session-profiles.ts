import type { EpochMs, SessionId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface SessionProfile {
  readonly startsAt: EpochMs
  /** `[{startSeconds, limitW}]` */
  readonly schedule: unknown
  readonly sentAt: EpochMs
}

/** What a session's station was told and took, in order: each holds until the next. */
export const sessionProfiles = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  sessionId: SessionId,
): Promise<readonly SessionProfile[]> => {
  const { rows } = await sql<SessionProfile>`
    select starts_at as "startsAt", schedule, sent_at as "sentAt" from voltway.charging_profile
    where tenant_id = ${tenantId} and session_id = ${sessionId} and status = 'accepted' and starts_at is not null
    order by number`.execute(tx)
  return rows
}
