import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { appendOutbox, type Database } from '@voltway/store'
import { openTestDatabase, type SeededTenant, seedTenant, testClock } from '@voltway/store/testing'
import { quietLog } from '../log.ts'
import { createLiveBus } from './create-live-bus.ts'
import type { LiveBus, LiveEvent } from './live-bus.ts'

let database: Database
let tenant: SeededTenant
let bus: LiveBus
before(async () => {
  database = await openTestDatabase()
  tenant = await seedTenant(database)
  bus = createLiveBus({ db: database, clock: testClock, log: quietLog })
})
after(async () => {
  bus.close()
  await database.close()
})

const write = async (...subjects: readonly string[]) => {
  await database.inTenant(tenant.tenantId, (tx) =>
    appendOutbox(
      tx,
      tenant.tenantId,
      subjects.map((subject) => ({ type: 'session.changed', subject, data: {}, recordedAt: testClock.now() })),
    ),
  )
  bus.wake(tenant.tenantId)
}
/** Collects events of a watcher until there are so many; what `listening` writes is not collected. */
const collect = (count: number, afterId?: string) => {
  const seen: LiveEvent[] = []
  let hears = false
  let leave = () => {}
  const done = new Promise<readonly LiveEvent[]>((resolve) => {
    leave = bus.watch(tenant.tenantId, afterId, (event) => {
      hears = true
      if (event.subject === 'knock') return
      seen.push(event)
      if (seen.length === count) resolve(seen)
    })
  })
  return { done: done.finally(() => leave()), seen, hears: () => hears }
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const soon = () => pause(100)
/** A watcher begins a moment after it is asked to, on a busy machine a long one: knocks until each has heard it. */
const listening = async (...watchers: readonly { readonly hears: () => boolean }[]) => {
  for (let knocks = 0; knocks < 500 && !watchers.every(({ hears }) => hears()); knocks++) {
    await write('knock')
    await pause(40)
  }
}

test('watchers see each event once, in order; who comes back with an id sees what was missed', async () => {
  const first = collect(3)
  const second = collect(3)
  await listening(first, second)
  await write('a', 'b')
  await write('c')
  for (const watcher of [first, second])
    assert.deepEqual(
      (await watcher.done).map(({ subject }) => subject),
      ['a', 'b', 'c'],
    )
  const late = collect(2, first.seen[0]?.id)
  assert.deepEqual(
    (await late.done).map(({ subject }) => subject),
    ['b', 'c'],
  )
})

test('nothing is shown after a watcher has left, and other tenants show nothing', async () => {
  const seen: string[] = []
  const leave = bus.watch(tenant.tenantId, undefined, ({ subject }) => seen.push(subject))
  const elsewhere = bus.watch('01890000-0000-7000-8000-00000000ffff' as SeededTenant['tenantId'], undefined, ({ subject }) =>
    seen.push(subject),
  )
  await soon()
  leave()
  await soon()
  await write('d')
  await soon()
  elsewhere()
  assert.deepEqual(seen, [])
})

test('an id that is none begins now', async () => {
  const watcher = collect(1, 'nonsense')
  await listening(watcher)
  await write('e')
  assert.equal((await watcher.done)[0]?.subject, 'e')
})
