import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openAuthPool } from '../identity/auth-pool.ts'
import { openTestDatabase } from '../testing/index.ts'
import { createPool } from './pool.ts'

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

test('a connection that the server ends is told, and no more once its pool is closing', async () => {
  const database = await openTestDatabase()
  const told: string[] = []
  const { connectionString } = database
  const pools = [createPool({ connectionString, log: (line) => told.push(line) }), openAuthPool(connectionString, () => told.push('auth'))]
  try {
    for (const closing of [false, true]) {
      told.length = 0
      for (const pool of pools) {
        const held = await pool.connect()
        const { rows } = await held.query('select pg_backend_pid() as pid')
        const ended = closing ? pool.end() : undefined
        const cut = new Promise((resolve) => held.once('end', resolve))
        await sql`select pg_terminate_backend(${rows[0].pid})`.execute(database.kysely)
        await cut
        held.release()
        await ended
      }
      assert.deepEqual([told.some((line) => line !== 'auth'), told.includes('auth')], [!closing, !closing], told.join('\n'))
    }
    assert.ok(pools.every(({ ended }) => ended))
  } finally {
    await database.close()
  }
})
