import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ChargingStationId, SECOND, type TenantId } from '@voltway/units'
import { manualClock } from '../ocpp/testing/manual-clock.ts'
import { rememberedTraces } from '../traces/testing/remembered-traces.ts'
import { eachStation } from './each-station.ts'
import type { JobOf } from './job.ts'
import { createReconciler } from './reconciler.ts'

const [A, B, C] = ['a' as TenantId, 'b' as TenantId, 'c' as TenantId]
const turnsDone = async () => {
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve))
}

/** A promise that a test opens when it likes. */
const gate = () => {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open: () => open(), opened }
}

type Run = (tenantId: TenantId) => Promise<boolean>
/** Jobs by name; each that runs is written down as `name tenant`. */
const worldOf = (
  tracks: readonly Readonly<Record<string, Run>>[],
  tenants = async (): Promise<readonly TenantId[]> => [A, B],
  rests = 0,
  hasDuty = () => true,
) => {
  const ran: string[] = []
  const errors: string[] = []
  const clock = manualClock()
  const jobOf = ([name, run]: readonly [string, Run]): JobOf<unknown> => ({
    name,
    run: (_, tenantId) => {
      ran.push(`${name} ${tenantId}`)
      return run(tenantId)
    },
  })
  const log = { error: (message: string) => void errors.push(message) }
  const plans = tracks.map((jobs) => ({ jobs: Object.entries(jobs).map(jobOf), atOnce: 2, rests }))
  const traces = rememberedTraces()
  const reconciler = createReconciler({ db: { tenants }, clock, network: clock, log, hasDuty, traces }, plans)
  return { ran, errors, clock, told: traces.ended, reconciler }
}
const nothing: Run = async () => false

test('once a second every job of every tenant has its turn', async () => {
  const { ran, clock, reconciler } = worldOf([{ one: nothing, two: nothing }])
  clock.advance(999)
  await turnsDone()
  assert.deepEqual(ran, [])
  clock.advance(1)
  await turnsDone()
  assert.deepEqual(ran.toSorted(), ['one a', 'one b', 'two a', 'two b'])
  clock.advance(SECOND)
  await turnsDone()
  assert.equal(ran.length, 8)
  await reconciler.close()
})

test('a wake is for its tenant, and one during a turn brings exactly one more', async () => {
  const held = gate()
  const { ran, reconciler } = worldOf([
    {
      one: async () => {
        await held.opened
        return false
      },
    },
  ])
  reconciler.wake(A)
  await turnsDone()
  for (let wakes = 0; wakes < 5; wakes++) reconciler.wake(A)
  await turnsDone()
  assert.deepEqual(ran, ['one a'], 'a tenant is worked for once at a time')
  held.open()
  await turnsDone()
  assert.deepEqual(ran, ['one a', 'one a'])
  await reconciler.close()
})

test('a job that fails is told of and tried again; the others go on', async () => {
  let failures = 2
  const failing: Run = async () => {
    if (failures-- > 0) throw new Error('not now')
    return false
  }
  const { ran, errors, clock, reconciler } = worldOf([{ failing, other: nothing }], async () => [A])
  for (let seconds = 0; seconds < 3; seconds++) {
    clock.advance(SECOND)
    await turnsDone()
  }
  assert.deepEqual(errors, ['job failed', 'job failed'])
  assert.equal(ran.filter((one) => one === 'other a').length, 3)
  await reconciler.close()
})

test('a database that does not say who the tenants are is asked again', async () => {
  let answers = 0
  const { ran, errors, clock, reconciler } = worldOf([{ one: nothing }], async () => {
    if (answers++ === 0) throw new Error('gone')
    return [A]
  })
  clock.advance(SECOND)
  await turnsDone()
  clock.advance(SECOND)
  await turnsDone()
  assert.deepEqual([errors.length, ran], [1, ['one a']])
  await reconciler.close()
})

test('closing waits for the job that runs, begins none after it, and hears no wake', async () => {
  const held = gate()
  const slow: Run = async () => {
    await held.opened
    return true
  }
  const { ran, clock, reconciler } = worldOf([{ slow, next: nothing }])
  reconciler.wake(A)
  await turnsDone()
  let closed = false
  const closing = reconciler.close().then(() => {
    closed = true
  })
  await turnsDone()
  assert.equal(closed, false)
  reconciler.wake(B)
  held.open()
  await closing
  reconciler.wake(B)
  clock.advance(10 * SECOND)
  await turnsDone()
  await reconciler.settle()
  assert.deepEqual(ran, ['slow a'])
})

test('settling goes on until nothing is left, also where one track makes work for another', async () => {
  let facts = 3
  let commands = 0
  const project: Run = async () => {
    if (facts === 0) return false
    facts--
    commands++
    return true
  }
  const command: Run = async () => {
    if (commands === 0) return false
    commands--
    if (commands === 0 && facts === 0 && !answered) {
      answered = true
      facts = 2
    }
    return true
  }
  let answered = false
  const { reconciler } = worldOf([{ project }, { command }], async () => [A])
  await reconciler.settle()
  assert.deepEqual([facts, commands, answered], [0, 0, true])
  await reconciler.close()
})

test('a station that keeps one tenant waiting keeps no other, and nothing of another track', async () => {
  const silent = gate()
  const command: Run = async (tenantId) => {
    if (tenantId === A) await silent.opened
    return false
  }
  const { ran, clock, reconciler } = worldOf([{ bill: nothing }, { command }])
  for (let seconds = 0; seconds < 3; seconds++) {
    clock.advance(SECOND)
    await turnsDone()
  }
  const times = (one: string) => ran.filter((other) => other === one).length
  assert.deepEqual([times('bill a'), times('bill b'), times('command a'), times('command b')], [3, 3, 1, 3])
  silent.open()
  await reconciler.close()
})

test('a track rests as long as it worked but not for long, and a close ends the rest', async () => {
  const held = [gate(), gate()]
  let turns = 0
  const work: Run = async () => {
    await held[turns++]?.opened
    return turns < 3
  }
  const { ran, clock, reconciler } = worldOf([{ work }], async () => [A], 1)
  reconciler.wake(A)
  await turnsDone()
  clock.advance(100)
  held[0]!.open()
  await turnsDone()
  clock.advance(99)
  await turnsDone()
  assert.deepEqual(ran, ['work a'], 'it rests')
  clock.advance(1)
  await turnsDone()
  assert.deepEqual(ran, ['work a', 'work a'])
  clock.advance(60_000)
  held[1]!.open()
  await turnsDone()
  clock.advance(1_000)
  await turnsDone()
  assert.equal(ran.length, 3, 'who waited for a station for a minute is back soon')
  await reconciler.close()
  clock.advance(60_000)
  await turnsDone()
  assert.equal(ran.length, 3)
})

test('tenants whose work never ends starve no other', async () => {
  const endless: Run = async (tenantId) => {
    await new Promise((resolve) => setImmediate(resolve))
    return tenantId !== C
  }
  const { ran, reconciler } = worldOf([{ endless }])
  for (const tenantId of [A, B]) reconciler.wake(tenantId)
  await turnsDone()
  reconciler.wake(C)
  await turnsDone()
  assert.ok(ran.includes('endless c'))
  await reconciler.close()
})

test('stations are worked for at once, each in order; one that does not answer keeps no other waiting', async () => {
  const [one, two] = ['1' as ChargingStationId, '2' as ChargingStationId]
  const silent = gate()
  const done: string[] = []
  const items = [
    { stationId: one, name: 'first of one' },
    { stationId: one, name: 'second of one' },
    { stationId: two, name: 'first of two' },
  ]
  const all = eachStation(items, async ({ stationId, name }) => {
    if (stationId === one) await silent.opened
    done.push(name)
    return stationId === two
  })
  await turnsDone()
  assert.deepEqual(done, ['first of two'])
  silent.open()
  assert.equal(await all, true)
  assert.deepEqual(done, ['first of two', 'first of one', 'second of one'])
})

test('a process that does not do the jobs begins none, and the one that loses them in a turn begins no further', async () => {
  let mine = false
  const lose: Run = async () => {
    mine = false
    return false
  }
  const { ran, clock, reconciler } = worldOf(
    [{ one: lose, two: nothing }],
    async () => [A],
    0,
    () => mine,
  )
  clock.advance(SECOND)
  reconciler.wake(A)
  await reconciler.settle()
  assert.deepEqual(ran, [])
  mine = true
  reconciler.wake(A)
  await turnsDone()
  assert.deepEqual(ran, ['one a'])
  await reconciler.close()
})

test('of a job is told when it found something to do or failed', async () => {
  let left = 1
  const failing: Run = async () => {
    throw new Error('no')
  }
  const { told, clock, reconciler } = worldOf([{ idle: nothing, busy: async () => left-- > 0, failing }], async () => [A])
  clock.advance(SECOND)
  await reconciler.settle()
  await reconciler.close()
  assert.deepEqual(
    told.filter(({ name }) => name !== 'failing').map(({ name }) => name),
    ['busy'],
  )
  const failures = told.filter(({ name }) => name === 'failing')
  assert.ok(failures.length > 0 && failures.every(({ failed }) => failed))
})
