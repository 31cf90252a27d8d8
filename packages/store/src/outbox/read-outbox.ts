import type { TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/open-database.ts'
import type { Tables } from '../tables.ts'
import { eventsAfter } from './events-after.ts'
import type { OutboxPosition, StoredOutboxEvent } from './outbox-event.ts'

export interface OutboxReader {
  readonly tenantId: TenantId
  /** Names the cursor: each consumer sees every event once. */
  readonly consumer: string
  /** Most events at a time; 200 unless told. */
  readonly limit?: number
}

const START: OutboxPosition = { xid: '0', position: 0 }

/** The cursor, locked; undefined while another process works on it. */
const lockCursor = async (tx: Transaction<Tables>, { tenantId, consumer }: OutboxReader): Promise<OutboxPosition | undefined> => {
  await sql`
    insert into voltway.outbox_cursor (tenant_id, consumer, xid, position) values (${tenantId}, ${consumer}, ${START.xid}::xid8, ${START.position})
    on conflict do nothing`.execute(tx)
  const { rows } = await sql<OutboxPosition>`
    select xid, position from voltway.outbox_cursor where tenant_id = ${tenantId} and consumer = ${consumer} for update skip locked`.execute(
    tx,
  )
  return rows[0]
}

const moveCursor = (tx: Transaction<Tables>, { tenantId, consumer }: OutboxReader, { xid, position }: OutboxPosition) =>
  sql`update voltway.outbox_cursor set xid = ${xid}::xid8, position = ${position}
    where tenant_id = ${tenantId} and consumer = ${consumer}`.execute(tx)

/** What a consumer did with the events behind its cursor. */
export interface Consumed {
  readonly events: number
  /** Of the last of them; undefined where there was none. */
  readonly last: OutboxPosition | undefined
}

/**
 * Lets a consumer work on what is behind its cursor. Its writes, made with the transaction it is given, and its cursor are committed
 * together: no event is skipped or seen twice, and when it throws it sees the same ones again.
 * @returns how many events there were; 0 also while another process is at this consumer's work
 */
export const consumeOutbox = (
  database: Pick<Database, 'inTenant'>,
  reader: Omit<OutboxReader, 'limit'>,
  work: (after: OutboxPosition, tx: Transaction<Tables>) => Promise<Consumed>,
): Promise<number> =>
  database.inTenant(reader.tenantId, async (tx) => {
    const cursor = await lockCursor(tx, reader)
    if (cursor === undefined) return 0
    const { events, last } = await work(cursor, tx)
    if (last !== undefined) await moveCursor(tx, reader, last)
    return events
  })

/** Gives a consumer the next events of one tenant, in the order of their transactions, as `consumeOutbox` promises. */
export const readOutbox = (
  database: Pick<Database, 'inTenant'>,
  reader: OutboxReader,
  handler: (events: readonly StoredOutboxEvent[], tx: Transaction<Tables>) => Promise<void>,
): Promise<number> =>
  consumeOutbox(database, reader, async (after, tx) => {
    const events = await eventsAfter(tx, reader.tenantId, { after, limit: reader.limit ?? 200 })
    if (events.length > 0) await handler(events, tx)
    return { events: events.length, last: events.at(-1)?.at }
  })
