import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { claimIdempotencyKey, insertCommand, type Tx } from '@voltway/store'
import { openTestDatabase, seedTenant, testId } from '@voltway/store/testing'
import { type EpochMs, epochMs, HOUR } from '@voltway/units'
import { sql } from 'kysely'
import { quietLog } from '../log.ts'
import { manualClock } from '../ocpp/testing/manual-clock.ts'
import { clearLeftovers } from './clear-leftovers.ts'
import { NOON } from './testing/job-world.ts'

const database = await openTestDatabase()
after(() => database.close())
const at = (hours: number) => epochMs(NOON + hours * HOUR)

/** What is left after a turn at a moment. */
const leftAt = async (now: EpochMs, fill: (tx: Tx, place: Awaited<ReturnType<typeof seedTenant>>) => Promise<unknown>) => {
  const place = await seedTenant(database)
  const { tenantId } = place
  await database.inTenant(tenantId, (tx) => fill(tx, place))
  const tidying = clearLeftovers({ db: database, clock: manualClock(now), log: quietLog })
  await tidying.end()
  return database.inTenant(tenantId, async (tx) => ({
    keys: (await sql<{ key: string }>`select key from voltway.idempotency_key order by key`.execute(tx)).rows.map(({ key }) => key),
    commands: (await sql<{ state: string }>`select action, state, ended_at from voltway.station_command order by action`.execute(tx)).rows,
    told: (await sql<{ type: string }>`select type from voltway.outbox where type = 'command.ended'`.execute(tx)).rows.length,
  }))
}

test('an answer is kept under its key for two days by our clock, and no longer', async () => {
  const { keys } = await leftAt(at(0), async (tx, { tenantId }) => {
    for (const [key, hours] of [
      ['today', -1],
      ['yesterday', -47],
      ['too old', -49],
    ] as const)
      await claimIdempotencyKey(tx, tenantId, { key, requestHash: new Uint8Array(32), now: at(hours) })
  })
  assert.deepEqual(keys, ['today', 'yesterday'])
})

test('a command whose end was lost is expired, told of once, and one that may still be answered is left alone', async () => {
  const { commands, told } = await leftAt(at(0), async (tx, { tenantId, stationId }) => {
    const command = { tenantId, stationId, payload: {}, requestedBy: 'user:1', nodeId: testId<'Node'>() }
    await insertCommand(tx, { ...command, id: testId(), action: 'Reset', requestedAt: at(-25) })
    await insertCommand(tx, { ...command, id: testId(), action: 'TriggerMessage', requestedAt: at(-1) })
  })
  assert.deepEqual(commands, [
    { action: 'Reset', state: 'expired', ended_at: at(0) },
    { action: 'TriggerMessage', state: 'queued', ended_at: null },
  ])
  assert.equal(told, 1)
})
