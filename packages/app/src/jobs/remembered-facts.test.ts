import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { type StoredFact, type TransactionFacts, type TransactionKey, transactionFacts } from '@voltway/store'
import { testId } from '@voltway/store/testing'
import { epochMs, MINUTE, seeded } from '@voltway/units'
import { sql } from 'kysely'
import { projectFacts } from './project-facts.ts'
import { createRememberedFacts } from './remembered-facts.ts'
import { FLAT, type JobWorld, metered, NOON, openJobWorld, runOut, started, stopped } from './testing/job-world.ts'

const worlds: JobWorld[] = []
const open = async () => {
  const world = await openJobWorld(FLAT)
  worlds.push(world)
  return world
}
after(() => Promise.all(worlds.map((world) => world.close())))

const minutes = (count: number) => epochMs(NOON + count * MINUTE)
/** The same rows, folded by another process: it remembers nothing of ours. */
const another = (world: JobWorld): JobWorld => ({ ...world, services: { ...world.services, remembered: createRememberedFacts() } })
const sessions = async ({ database, place }: JobWorld) => {
  const { rows } = await database.inTenant(place.tenantId, (tx) =>
    sql<{
      import_wh: number
      folds: number
    }>`select state, import_wh, cost, last_fact_at, ended_at, folds from voltway.session order by transaction_id`.execute(tx),
  )
  return rows
}
const withoutFolds = (rows: readonly { readonly folds: number }[]) => rows.map((row) => ({ ...row, folds: 0 }))

const report = async (world: JobWorld, ...facts: StoredFact[]) => {
  await world.report(facts)
  await runOut(world, projectFacts)
}
const loseReadingsBefore = ({ database, place }: JobWorld, minute: number) =>
  database.inTenant(place.tenantId, (tx) => sql`delete from voltway.meter_value where occurred_at < ${minutes(minute)}`.execute(tx))

test('a fold reads only what is new of a session that this process folded last', async () => {
  const world = await open()
  await report(world, started(NOON), metered(minutes(10), 2_200), metered(minutes(20), 3_400))
  await loseReadingsBefore(world, 20)
  await report(world, metered(minutes(30), 4_600))
  assert.deepEqual(
    (await sessions(world)).map(({ import_wh, folds }) => [import_wh, folds]),
    [[3_600, 2]],
  )
  const key = { ...world.place, transactionId: '1' }
  const known = world.services.remembered.find(key, 2)
  assert.deepEqual(
    known?.readings.map(({ occurredAt }) => (occurredAt - NOON) / MINUTE),
    [10, 20, 30],
    'the first reading is remembered, although its row is gone',
  )
})

test('a session that another process folded meanwhile is read anew', async () => {
  const ours = await open()
  const theirs = another(ours)
  await report(ours, started(NOON), metered(minutes(10), 2_200))
  await report(theirs, metered(minutes(20), 3_400))
  await report(ours, metered(minutes(30), 4_600))
  const known = ours.services.remembered.find({ ...ours.place, transactionId: '1' }, 3)
  assert.deepEqual(
    known?.readings.map(({ occurredAt }) => (occurredAt - NOON) / MINUTE),
    [10, 20, 30],
  )
})

test('a session that is over is forgotten', async () => {
  const world = await open()
  await report(world, started(NOON), metered(minutes(10), 2_200))
  const key = { ...world.place, transactionId: '1' }
  assert.ok(world.services.remembered.find(key, 1))
  await report(world, stopped(minutes(20), 3_400))
  assert.equal(world.services.remembered.find(key, 2), undefined)
})

test('whoever folds, in whatever order facts come, it comes to what one fold of them all does', async () => {
  const chance = seeded(20)
  const ours = await open()
  const processes = [ours, another(ours)]
  const facts: StoredFact[] = []
  for (const number of [1, 2, 3]) {
    facts.push(started(minutes(number), 'CARD0001', number))
    for (let minute = 1; minute <= 12; minute++) facts.push(metered(minutes(number + minute), 1_000 + minute * 120, number))
    if (number < 3) facts.push(stopped(minutes(number + 13), 2_500, number))
  }
  const late = facts.map((fact) => ({ fact, at: chance() })).toSorted((a, b) => a.at - b.at)
  for (let first = 0; first < late.length; first += 5) {
    const world = processes[Math.floor(chance() * processes.length)]!
    await report(world, ...late.slice(first, first + 5).map(({ fact }) => fact))
  }
  const stepByStep = withoutFolds(await sessions(ours))
  assert.equal(stepByStep.length, 3)
  await ours.database.inTenant(ours.place.tenantId, async (tx) => {
    await sql`delete from voltway.session`.execute(tx)
    await sql`update voltway.outbox_cursor set xid = '0', position = 0`.execute(tx)
  })
  await runOut(another(ours), projectFacts)
  assert.deepEqual(stepByStep, withoutFolds(await sessions(ours)))
})

test('no more facts are remembered than there is room for; those folded longest ago are forgotten', async () => {
  const world = await open()
  await world.report([started(NOON), metered(minutes(10), 2_200)])
  const key: TransactionKey = { ...world.place, transactionId: '1' }
  const facts: TransactionFacts = await world.database.inTenant(key.tenantId, (tx) => transactionFacts(tx, key))
  const remembered = createRememberedFacts(4)
  const names = ['1', '2', '3'].map((transactionId) => ({ ...key, transactionId }))
  for (const name of names) remembered.keep(name, 1, facts)
  remembered.keep({ ...key, tenantId: testId() }, 1, { steps: [], readings: [] })
  assert.deepEqual(
    names.map((name) => remembered.find(name, 1) !== undefined),
    [false, true, true],
  )
  remembered.keep(names[1]!, 2, facts)
  assert.equal(remembered.find(names[1]!, 1), undefined, 'an older fold is gone')
  assert.equal(remembered.find(names[2]!, 1), facts)
})
