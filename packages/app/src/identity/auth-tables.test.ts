import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAuthPool } from '@voltway/store'
import { withTestDatabase } from '@voltway/store/testing'
import { getMigrations } from 'better-auth/db/migration'
import { quietLog } from '../log.ts'
import { authOptions } from './better-auth.ts'

test("our migration makes exactly the identity library's tables: its own generator would add nothing", () =>
  withTestDatabase(async (database) => {
    const pool = openAuthPool(database.connectionString, () => undefined)
    try {
      const config = { publicUrl: undefined, signInsPerMinute: 30 }
      const plan = await getMigrations(authOptions({ pool, secret: 'a secret of tests that opens nothing', config, log: quietLog }))
      assert.deepEqual([plan.toBeCreated, plan.toBeAdded, plan.toBeAddedIndexes], [[], [], []])
    } finally {
      await pool.end()
    }
  }))
