import { sql } from 'kysely'
import type { Database } from '../database/open-database.ts'
import type { OutboxPosition } from './outbox-event.ts'

/** The position before everything that is not yet safe to read: whoever tails from here misses nothing that commits from now on. */
export const latestPosition = async (database: Pick<Database, 'kysely'>): Promise<OutboxPosition> => {
  const { rows } = await sql<{ xid: string }>`select pg_snapshot_xmin(pg_current_snapshot()) as xid`.execute(database.kysely)
  return { xid: rows[0]!.xid, position: 0 }
}
