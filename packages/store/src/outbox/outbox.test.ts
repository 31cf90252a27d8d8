import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { seeded, type TenantId } from '@voltway/units'
import type { Database } from '../database/open-database.ts'
import { openTestDatabase, seedTenant, testClock, untilReadable } from '../testing/index.ts'
import { appendOutbox } from './append-outbox.ts'
import { latestPosition } from './latest-position.ts'
import type { OutboxEvent } from './outbox-event.ts'
import { positionFromText, positionToText } from './position-text.ts'
import { readOutbox } from './read-outbox.ts'
import { tailOutbox } from './tail-outbox.ts'

let database: Database
before(async () => {
  database = await openTestDatabase({ maxConnections: 14 })
})
after(() => database.close())

const event = (subject: string): OutboxEvent => ({
  type: 'session.changed',
  subject,
  data: { sessionId: subject },
  recordedAt: testClock.now(),
})
const append = (tenantId: TenantId, ...subjects: string[]) =>
  database.inTenant(tenantId, (tx) => appendOutbox(tx, tenantId, subjects.map(event)))
const pause = () => new Promise((resolve) => setTimeout(resolve, 3))

/** On a server shared with other tests, any transaction of theirs that still writes holds readers back for a moment. */
const patiently = async (work: () => Promise<boolean>) => {
  for (let tries = 0; tries < 2000 && !(await work()); tries++) await pause()
}
const read = async (tenantId: TenantId, reader: { readonly consumer: string; readonly limit?: number }, seen: string[]) =>
  readOutbox(database, { tenantId, ...reader }, async (events) => void seen.push(...events.map(({ subject }) => subject)))
const readAll = async (tenantId: TenantId, consumer: string, expected: number) => {
  const seen: string[] = []
  await patiently(async () => {
    await read(tenantId, { consumer }, seen)
    return seen.length >= expected
  })
  await read(tenantId, { consumer }, seen)
  return seen
}

test('each consumer sees every event of its tenant once, in order', async () => {
  const [one, other] = [await seedTenant(database), await seedTenant(database)]
  await append(one.tenantId, 'a', 'b', 'c')
  await append(other.tenantId, 'z')
  await append(one.tenantId, 'd')
  assert.deepEqual(await readAll(one.tenantId, 'bills', 4), ['a', 'b', 'c', 'd'])
  assert.deepEqual(await readAll(one.tenantId, 'bills', 0), [])
  assert.deepEqual(await readAll(one.tenantId, 'mails', 4), ['a', 'b', 'c', 'd'])
  assert.deepEqual(await readAll(other.tenantId, 'bills', 1), ['z'])
})

test('a consumer that throws sees the same events again, and what it wrote is undone', async () => {
  const { tenantId } = await seedTenant(database)
  await append(tenantId, 'a')
  await untilReadable(database)
  await assert.rejects(
    readOutbox(database, { tenantId, consumer: 'c' }, async (_, tx) => {
      await appendOutbox(tx, tenantId, [event('written')])
      throw new Error('no')
    }),
    /no/,
  )
  assert.deepEqual(await readAll(tenantId, 'c', 1), ['a'])
})

test('an event is not read while a transaction that began before it may still write', async () => {
  const { tenantId } = await seedTenant(database)
  let commit = () => {}
  const held = new Promise<void>((resolve) => {
    commit = resolve
  })
  let begun = () => {}
  const early = new Promise<void>((resolve) => {
    begun = resolve
  })
  const slow = database.inTenant(tenantId, async (tx) => {
    await appendOutbox(tx, tenantId, [event('slow')])
    begun()
    await held
  })
  await early
  await append(tenantId, 'quick')
  const meanwhile = await readAll(tenantId, 'c', 0)
  commit()
  await slow
  assert.deepEqual(meanwhile, [])
  assert.deepEqual(await readAll(tenantId, 'c', 2), ['slow', 'quick'])
})

test('one process at a time works for a consumer', async () => {
  const { tenantId } = await seedTenant(database)
  await append(tenantId, 'a')
  await readAll(tenantId, 'c', 1)
  await append(tenantId, 'b')
  let second: number | undefined
  const whileWorking = async () => {
    second = await readOutbox(database, { tenantId, consumer: 'c' }, async () => assert.fail('two at once'))
  }
  await patiently(async () => (await readOutbox(database, { tenantId, consumer: 'c' }, whileWorking)) > 0)
  assert.equal(second, 0)
})

test('a live stream misses nothing from where it began, and needs no cursor', async () => {
  const { tenantId } = await seedTenant(database)
  let next = await latestPosition(database)
  const seen: string[] = []
  const tail = async () => {
    const found = await tailOutbox(database, tenantId, next)
    next = found.next
    seen.push(...found.events.map(({ subject }) => subject))
  }
  await append(tenantId, 'a', 'b')
  await patiently(() => tail().then(() => seen.length >= 2))
  await tail()
  assert.deepEqual(seen, ['a', 'b'])
  assert.deepEqual(positionFromText(positionToText(next)), next)
})

test('a live stream begins behind what was safe to read before', async () => {
  const { tenantId } = await seedTenant(database)
  await append(tenantId, 'before')
  await readAll(tenantId, 'c', 1)
  assert.deepEqual((await tailOutbox(database, tenantId, await latestPosition(database))).events, [])
})

test('what is no position is none', () => {
  for (const text of ['', '-', '1', '1-', 'x-1', '1-1-1', '99999999999999999999-1', '1-9999999999999999'])
    assert.equal(positionFromText(text), undefined)
})

test('concurrent writers that commit late and in any order: readers skip nothing and repeat nothing', async () => {
  const { tenantId } = await seedTenant(database)
  const chance = seeded(7)
  const written: string[] = []
  const delays = Array.from({ length: 120 }, () => chance() * 12)
  let writing = true
  const writers = Array.from({ length: 6 }, async (_, writer) => {
    for (let round = 0; round < 20; round++) {
      const names = Array.from({ length: 1 + Math.floor(chance() * 3) }, (_, index) => `${writer}/${round}/${index}`)
      await database
        .inTenant(tenantId, async (tx) => {
          await appendOutbox(tx, tenantId, names.slice(0, 1).map(event))
          await new Promise((resolve) => setTimeout(resolve, delays[writer * 20 + round]))
          await appendOutbox(tx, tenantId, names.slice(1).map(event))
          if (round % 7 === 3) throw new Error('rolled back')
        })
        .then(() => written.push(...names))
        .catch(() => undefined)
    }
  })
  const until = async (seen: readonly string[], round: () => Promise<unknown>) => {
    while (writing) await round().then(pause)
    await patiently(() => round().then(() => seen.length >= written.length))
    return seen
  }
  const consume = (consumer: string, limit: number) => {
    const seen: string[] = []
    return until(seen, () => read(tenantId, { consumer, limit }, seen))
  }
  const tail = () => {
    const seen: string[] = []
    let from = { xid: '0', position: 0 }
    return until(seen, async () => {
      const { events, next } = await tailOutbox(database, tenantId, from)
      seen.push(...events.map(({ subject }) => subject))
      from = next
    })
  }
  const readers = [consume('small', 2), consume('large', 100), tail()]
  await Promise.all(writers)
  writing = false
  for (const reader of readers) {
    const seen = await reader
    assert.equal(new Set(seen).size, seen.length, 'repeated')
    assert.deepEqual([...seen].sort(), [...written].sort())
  }
  assert.ok(written.length > 100)
})
