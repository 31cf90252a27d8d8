import type { EpochMs, SessionId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface FunnelRow {
  /** The last step reached, or `step:cause` of the step that was missed. */
  readonly outcome: string
  readonly paid: boolean
  readonly count: number
  /** The newest of them, 50 at most. */
  readonly sessionIds: readonly SessionId[]
}

/** Sessions that ended, counted by how far they came. */
export const funnelRows = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
): Promise<readonly FunnelRow[]> => {
  const { rows } = await sql<FunnelRow>`
    select coalesce(session.outcome, 'plugged') as outcome, cdr.session_id is not null as paid, count(*)::int as count,
      (array_agg(session.id order by session.started_at desc))[1:50] as "sessionIds"
    from voltway.session
    left join voltway.cdr on cdr.tenant_id = session.tenant_id and cdr.session_id = session.id
    where session.tenant_id = ${tenantId} and session.ended_at is not null and session.started_at >= ${from} and session.started_at < ${to}
    group by 1, 2`.execute(tx)
  return rows
}
