import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { epochMs, type TenantId } from '@voltway/units'
import { sql } from 'kysely'
import type { Database } from '../database/open-database.ts'
import { appendOutbox } from '../outbox/append-outbox.ts'
import { readOutbox } from '../outbox/read-outbox.ts'
import { openTestDatabase, seedTenant, testClock, untilReadable } from '../testing/index.ts'
import { dropPartitionsBefore } from './drop-partitions.ts'
import { ensurePartitions } from './ensure-partitions.ts'
import { monthOf } from './month.ts'
import { partitionsOf } from './partitions-of.ts'

let database: Database
before(async () => {
  database = await openTestDatabase()
})
after(() => database.close())

const day = (text: string) => epochMs(Temporal.Instant.from(`${text}T00:00Z`).epochMilliseconds)
const events = (tenantId: TenantId, ...days: string[]) =>
  database.inTenant(tenantId, (tx) =>
    appendOutbox(
      tx,
      tenantId,
      days.map((text) => ({ type: 'site.changed', subject: text, data: {}, recordedAt: day(text) })),
    ),
  )
const placed = async (tenantId: TenantId) => {
  const { rows } = await database.inTenant(tenantId, (tx) =>
    sql<{
      place: string
      subject: string
    }>`select tableoid::regclass::text as place, subject from voltway.outbox order by recorded_at`.execute(tx),
  )
  return Object.fromEntries(rows.map(({ place, subject }) => [subject, place.replace('voltway.', '')]))
}

test('a month reaches from its first millisecond to that of the next, across years too', () => {
  assert.deepEqual(monthOf(day('2026-12-31'), 1), { name: '2027_01', from: day('2027-01-01'), to: day('2027-02-01') })
  assert.equal(monthOf(epochMs(day('2026-03-01') - 1)).name, '2026_02')
})

test('there is a partition for last month, this one and the next two, and one for all else', async () => {
  assert.deepEqual(
    [...(await partitionsOf(database.kysely, 'meter_value'))].sort(),
    ['05', '06', '07', '08'].map((month) => `meter_value_2026_${month}`).concat('meter_value_default'),
  )
  assert.deepEqual(await ensurePartitions(database, testClock.now()), [])
})

test('rows that waited in the default partition move to their month when it is made, of every tenant', async () => {
  const [one, other] = [await seedTenant(database), await seedTenant(database)]
  await events(one.tenantId, '2026-06-20', '2026-09-05', '2027-01-01')
  await events(other.tenantId, '2026-09-30')
  assert.deepEqual(await placed(one.tenantId), {
    '2026-06-20': 'outbox_2026_06',
    '2026-09-05': 'outbox_default',
    '2027-01-01': 'outbox_default',
  })
  const made = await Promise.all([ensurePartitions(database, day('2026-07-10')), ensurePartitions(database, day('2026-07-10'))])
  assert.deepEqual(made.flat().sort(), ['meter_value_2026_09', 'ocpp_message_2026_09', 'outbox_2026_09', 'status_history_2026_09'])
  assert.deepEqual(await placed(one.tenantId), {
    '2026-06-20': 'outbox_2026_06',
    '2026-09-05': 'outbox_2026_09',
    '2027-01-01': 'outbox_default',
  })
  assert.deepEqual(await placed(other.tenantId), { '2026-09-30': 'outbox_2026_09' })
  await events(one.tenantId, '2026-09-06')
  await untilReadable(database)
  const seen: string[] = []
  await readOutbox(
    database,
    { tenantId: one.tenantId, consumer: 'c' },
    async (read) => void seen.push(...read.map(({ subject }) => subject)),
  )
  assert.deepEqual(seen, ['2026-06-20', '2026-09-05', '2027-01-01', '2026-09-06'])
})

test('a new partition is protected before it is used', async () => {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relispartition and relkind = 'r' and relnamespace = 'voltway'::regnamespace
      and not (relrowsecurity and relforcerowsecurity)`.execute(database.kysely)
  assert.deepEqual(rows, [])
})

test('retention drops the months that are over, and old rows of the default partition', async () => {
  const { tenantId } = await seedTenant(database)
  await events(tenantId, '2026-03-01', '2026-05-31', '2026-06-01', '2027-05-01')
  assert.deepEqual(await dropPartitionsBefore(database, 'outbox', day('2026-06-15')), ['outbox_2026_05'])
  assert.deepEqual(Object.keys(await placed(tenantId)), ['2026-06-01', '2027-05-01'])
  assert.deepEqual(await dropPartitionsBefore(database, 'outbox', day('2026-06-15')), [])
  assert.ok((await partitionsOf(database.kysely, 'meter_value')).has('meter_value_2026_05'))
})
