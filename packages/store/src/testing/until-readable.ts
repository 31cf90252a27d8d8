import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from '../database/open-database.ts'

/**
 * Waits until everything that was committed up to now may be read from the outbox: on a server with other databases, their
 * running transactions hold readers back too.
 */
export const untilReadable = async ({ kysely }: Pick<Database, 'kysely'>): Promise<void> => {
  const { rows } = await sql<{ xid: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as xid`.execute(kysely)
  for (let turns = 0; turns < 1_000; turns++) {
    const now = await sql<{
      done: boolean
    }>`select pg_snapshot_xmin(pg_current_snapshot()) >= ${rows[0]?.xid ?? '0'}::xid8 as done`.execute(kysely)
    if (now.rows[0]?.done) return
    await sleep(10)
  }
}
