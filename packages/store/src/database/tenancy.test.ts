import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TenantId } from '@voltway/units'
import { withTestDatabase } from '../testing/index.ts'

test('a test database is migrated and has no tenant', async () => {
  await withTestDatabase(async (database) => {
    assert.deepEqual(await database.tenants(), [])
    await assert.rejects(
      database.inTenant('a,b' as TenantId, async () => 1),
      TypeError,
    )
  })
})
