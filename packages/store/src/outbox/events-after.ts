import type { EpochMs, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import type { JsonObject, OutboxPosition, StoredOutboxEvent } from './outbox-event.ts'

interface Row {
  readonly xid: string
  readonly position: number
  readonly type: string
  readonly subject: string
  readonly data: JsonObject
  readonly recorded_at: EpochMs
}

export interface EventRange {
  readonly after: OutboxPosition
  readonly limit: number
}

/**
 * Where events after a position are read from, in order, so that there can be no unseen ones before them: only those of transactions
 * below the oldest that still runs. A later commit then always lies behind what was read.
 */
export const fromOutboxAfter = (tenantId: TenantId, { after, limit }: EventRange) => sql`from voltway.outbox
    where tenant_id = ${tenantId} and (xid, position) > (${after.xid}::xid8, ${after.position}::bigint)
      and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid, position limit ${limit}`

/** Events after a position, in order. */
export const eventsAfter = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  range: EventRange,
): Promise<readonly StoredOutboxEvent[]> => {
  const { rows } = await sql<Row>`select xid, position, type, subject, data, recorded_at ${fromOutboxAfter(tenantId, range)}`.execute(tx)
  return rows.map(({ xid, position, type, subject, data, recorded_at }) => ({
    type,
    subject,
    data,
    recordedAt: recorded_at,
    at: { xid, position },
  }))
}
