import type { TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import type { OutboxEvent } from './outbox-event.ts'

/** Writes events in the caller's transaction, so that they are there exactly when its facts are. */
export const appendOutbox = async (tx: Transaction<Tables>, tenantId: TenantId, events: readonly OutboxEvent[]): Promise<void> => {
  if (events.length === 0) return
  await sql`
    insert into voltway.outbox (tenant_id, recorded_at, type, subject, data)
    select ${tenantId}::uuid, recorded_at, type, subject, data::jsonb
    from unnest(${events.map(({ recordedAt }) => recordedAt)}::bigint[], ${events.map(({ type }) => type)}::text[],
      ${events.map(({ subject }) => subject)}::text[], ${events.map(({ data }) => JSON.stringify(data))}::text[])
      with ordinality as event(recorded_at, type, subject, data, place)
    order by place`.execute(tx)
}
