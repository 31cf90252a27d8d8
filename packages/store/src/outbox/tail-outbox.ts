import type { TenantId } from '@voltway/units'
import type { Database } from '../database/open-database.ts'
import { eventsAfter } from './events-after.ts'
import type { OutboxPosition, StoredOutboxEvent } from './outbox-event.ts'

export interface OutboxTail {
  readonly events: readonly StoredOutboxEvent[]
  /** Where to go on. */
  readonly next: OutboxPosition
}

const LIMIT = 500

/** Events of a tenant after a position, for live streams that keep their own place; `latestPosition` is where a new one begins. */
export const tailOutbox = (database: Pick<Database, 'inTenant'>, tenantId: TenantId, from: OutboxPosition): Promise<OutboxTail> =>
  database.inTenant(tenantId, async (tx) => {
    const events = await eventsAfter(tx, tenantId, { after: from, limit: LIMIT })
    return { events, next: events.at(-1)?.at ?? from }
  })
