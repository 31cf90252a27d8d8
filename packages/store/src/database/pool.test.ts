import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openTestDatabase } from '../testing/index.ts'

test('a connection that is cut while its holder pauses fails the next query there, and nothing else', async () => {
  const database = await openTestDatabase()
  try {
    const cut = database.kysely.connection().execute(async (held) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(held)
      await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(database.kysely)
      await new Promise((resolve) => setTimeout(resolve, 100))
      await sql`select 1`.execute(held)
    })
    await assert.rejects(cut)
    assert.equal((await sql`select 1`.execute(database.kysely)).rows.length, 1)
  } finally {
    await database.close()
  }
})
