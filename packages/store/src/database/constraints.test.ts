import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import { openTestDatabase, type SeededTenant, seedTenant, testId } from '../testing/index.ts'
import type { Database } from './open-database.ts'

let database: Database
let seed: SeededTenant
before(async () => {
  database = await openTestDatabase({ maxConnections: 25 })
  seed = await seedTenant(database)
})
after(() => database.close())

const inTenant = <Value>(work: (tx: Transaction<Tables>) => Promise<Value>) => database.inTenant(seed.tenantId, work)

let last = 0
const book = (startsAt: number, endsAt: number, state = 'confirmed') => {
  const { tenantId, stationId, evseId, driverId } = seed
  const number = ++last
  return inTenant((tx) =>
    sql`insert into voltway.reservation (tenant_id, id, code, station_id, evse_id, number, driver_id, starts_at, ends_at, state, wish, plan, created_at)
      values (${tenantId}, ${testId()}, ${`CODE${1000 + number}`}, ${stationId}, ${evseId}, ${number}, ${driverId}, ${startsAt}, ${endsAt}, ${state}, '{}', '{}', 0)`.execute(
      tx,
    ),
  )
}

test('two hundred drivers race for one slot: exactly one gets it', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 200 }, (_, index) => book(1000 + index, 5000)))
  const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
  assert.equal(lost.length, 199)
  for (const { reason } of lost) assert.equal(reason.code, '23P01')
})

test('slots that touch do not overlap, and a slot that was given back is free', async () => {
  await book(5000, 6000)
  await assert.rejects(book(5999, 7000), { code: '23P01' })
  await book(6500, 7000, 'cancelled')
  await book(6500, 7000)
  await assert.rejects(book(8000, 8000), { code: '23514' })
})

interface Line {
  readonly account: string
  readonly amount: bigint
  readonly currency?: string
}
const post = (id: string, lines: readonly Line[]) =>
  inTenant(async (tx) => {
    await sql`insert into voltway.ledger_transaction values (${seed.tenantId}, ${id}, ${id}, 'test', 0)`.execute(tx)
    for (const [line, { account, amount, currency = 'GBP' }] of lines.entries())
      await sql`insert into voltway.ledger_entry values (${seed.tenantId}, ${id}, ${line}, ${account}, ${currency}, ${amount})`.execute(tx)
  })

test('a ledger transaction that does not balance, in each currency, is not committed', async () => {
  await post(testId(), [
    { account: 'driver', amount: 12_000_000n },
    { account: 'revenue', amount: -10_000_000n },
    { account: 'vat', amount: -2_000_000n },
  ])
  await assert.rejects(
    post(testId(), [
      { account: 'driver', amount: 5n },
      { account: 'revenue', amount: -4n },
    ]),
    { code: '23514' },
  )
  await assert.rejects(
    post(testId(), [
      { account: 'a', amount: 5n },
      { account: 'b', amount: -5n, currency: 'EUR' },
    ]),
    { code: '23514' },
  )
  await assert.rejects(post(testId(), [{ account: 'a', amount: 0n }]), { code: '23514' })
  const sum = await inTenant((tx) =>
    sql<{ sum: bigint; count: number }>`select sum(amount_micros), count(*) from voltway.ledger_entry`.execute(tx),
  )
  assert.deepEqual(sum.rows[0], { sum: 0n, count: 3 })
})

test('what is in the ledger is never changed', async () => {
  await post(testId(), [
    { account: 'a', amount: 1n },
    { account: 'b', amount: -1n },
  ])
  for (const change of [
    "update voltway.ledger_entry set account = 'x'",
    'delete from voltway.ledger_entry',
    "update voltway.ledger_transaction set description = ''",
    'delete from voltway.ledger_transaction',
  ])
    await assert.rejects(
      inTenant((tx) => sql.raw(change).execute(tx)),
      { code: '23001' },
      change,
    )
})
