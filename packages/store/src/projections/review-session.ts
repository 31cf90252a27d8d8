import type { SessionId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface SessionReview {
  readonly sessionId: SessionId
  readonly state: 'ended' | 'billed'
  readonly review: Readonly<Record<string, unknown>>
}

/** Keeps what a person decided about a held session; says whether it was held. */
export const reviewSession = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { sessionId, state, review }: SessionReview,
): Promise<boolean> => {
  const { rows } = await sql<{ id: string }>`
    update voltway.session set state = ${state}, held_reasons = '{}', review = ${JSON.stringify(review)}::jsonb
    where tenant_id = ${tenantId} and id = ${sessionId} and state = 'held' returning id`.execute(tx)
  return rows.length > 0
}
