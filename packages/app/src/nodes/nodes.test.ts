import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { beginLink, type Database, insertCommand, insertStation, type NodeId } from '@voltway/store'
import { openTestDatabase, type SeededTenant, seedNode, seedTenant, testClock, testId } from '@voltway/store/testing'
import { type ChargingStationId, seeded, type TenantId } from '@voltway/units'
import { sql } from 'kysely'
import { quietLog } from '../log.ts'
import { type ManualClock, manualClock } from '../ocpp/testing/manual-clock.ts'
import type { Node } from './node.ts'
import { startNode } from './start-node.ts'

interface Started {
  readonly node: Node
  /** Its own time: a node whose time stands still is a paused process. */
  readonly clock: ManualClock
  /** Takes its next turn, to the end. */
  readonly turn: () => Promise<void>
}
interface World {
  readonly database: Database
  readonly place: SeededTenant
  readonly start: (name: string, secretCheck?: string) => Promise<Started>
}

const LEASE = 6_000
const TURN = LEASE / 3
const closing: (() => Promise<unknown>)[] = []
after(async () => {
  for (const close of closing.reverse()) await close()
})

const open = async (): Promise<World> => {
  const database = await openTestDatabase()
  closing.push(() => database.close())
  const place = await seedTenant(database)
  const chance = seeded(5)
  const random = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(chance() * 256))
  return {
    database,
    place,
    start: async (name, secretCheck = '') => {
      const clock = manualClock()
      let turns = 0
      // Each turn ends by asking for the next.
      const after: ManualClock['after'] = (duration, callback) => {
        if (duration === TURN) turns++
        return clock.after(duration, callback)
      }
      const network = { ...clock, after }
      const shared = { db: database, clock: testClock, network, random, log: quietLog, leaseMs: LEASE, isFirst: false }
      const node = await startNode({ ...shared, name, secretCheck, nodeKey: new Uint8Array(32) })
      closing.push(() => node.close())
      await until(() => turns === 1)
      const turn = async () => {
        const before = turns
        clock.advance(TURN)
        await until(() => turns > before)
      }
      return { node, clock, turn }
    },
  }
}

const until = async (isSo: () => boolean | Promise<boolean>) => {
  for (const end = performance.now() + 30_000; performance.now() < end; ) {
    if (await isSo()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  assert.fail(`it did not become so: ${isSo}`)
}
/** Lets a node take one turn after the other until something is so. @returns how many */
const turnsUntil = async ({ turn }: Started, isSo: () => boolean | Promise<boolean>): Promise<number> => {
  for (let turns = 0; turns < 20; turns++) {
    if (await isSo()) return turns
    await turn()
  }
  assert.fail(`twenty turns did not make it so: ${isSo}`)
}

const rows = async <Row>({ database, place }: World, query: ReturnType<typeof sql<Row>>) =>
  (await database.inTenant(place.tenantId, (tx) => query.execute(tx))).rows
const addStation = async ({ database, place }: World): Promise<ChargingStationId> => {
  const id = testId<'ChargingStation'>()
  await database.inTenant(place.tenantId, (tx) =>
    insertStation(tx, place.tenantId, {
      id,
      siteId: place.siteId,
      identity: `CS-${id}`,
      name: 'Other',
      passwordHash: null,
      openAccess: true,
      sharedLimitW: null,
      createdAt: place.createdAt,
      evses: [],
    }),
  )
  return id
}
/** A link and a command that has no answer yet, at a node. */
const hold = async ({ database, place: { tenantId } }: World, stationId: ChargingStationId, nodeId: NodeId) => {
  const at = testClock.now()
  await database.inTenant(tenantId, async (tx) => {
    await beginLink(tx, { tenantId, stationId, ocppVersion: 'ocpp1.6', nodeId, at })
    const command = { tenantId, stationId, id: testId(), action: 'Reset', payload: {}, requestedBy: 'test', requestedAt: at }
    await insertCommand(tx, { ...command, nodeId })
  })
}
const state = async (world: World, stationId: ChargingStationId) =>
  (
    await rows(
      world,
      sql<{ open: boolean; command: string; error: string | null }>`
        select coalesce(disconnected_at, 0) < connected_at as open, command.state as command, command.error
        from voltway.charging_station station join voltway.station_command command on command.station_id = station.id where station.id = ${stationId}`,
    )
  )[0]
const HELD = { open: true, command: 'queued', error: null }
const LET_GO = { open: false, command: 'expired', error: 'the server that held the link is gone' }

test('of two nodes one does the jobs, and the other does them as soon as that one gives its lease back', async () => {
  const { start } = await open()
  const [a, b] = [await start('A'), await start('B')]
  assert.deepEqual([a.node.hasDuty(), b.node.hasDuty()], [true, false])
  await until(() => a.node.others().has(b.node.id()))
  await a.node.close()
  await until(() => b.node.hasDuty())
  assert.equal(b.node.others().size, 0)
})

test('what one node asks another answers, and nobody waits for one that has ended', async () => {
  const { start } = await open()
  const [a, b] = [await start('A'), await start('B')]
  const request = { kind: 'probe', target: { tenantId: testId<'Tenant'>(), stationId: testId<'ChargingStation'>() }, epoch: 3 } as const
  b.node.answerWith(async (asked) => (asked.kind === 'probe' && asked.epoch === 3 ? { kind: 'alive' } : { kind: 'gone' }))
  assert.deepEqual(await a.node.ask(b.node.id(), request, 60_000), { kind: 'alive' })
  b.node.answerWith(() => new Promise(() => {}))
  const asked = a.node.ask(b.node.id(), request, 60_000)
  const late = a.node.ask(b.node.id(), request, 1_000)
  a.clock.advance(1_000)
  assert.deepEqual(await late, { kind: 'silent' })
  await until(() => a.node.others().has(b.node.id()))
  await b.node.close()
  assert.deepEqual(await asked, { kind: 'ended' })
})

test('the tenants of which one node committed events are told to the others, and not to itself', async () => {
  const { start } = await open()
  const [a, b] = [await start('A'), await start('B')]
  await until(() => a.node.others().has(b.node.id()))
  const heard: string[] = []
  a.node.onWake((tenantId) => heard.push(`A ${tenantId}`))
  b.node.onWake((tenantId) => heard.push(`B ${tenantId}`))
  const [one, two, three] = ['one', 'two', 'three'] as unknown[] as [TenantId, TenantId, TenantId]
  for (const tenantId of [one, two, two, three]) a.node.wakeOthers(tenantId)
  await until(() => heard.length === 1)
  a.clock.advance(50)
  await until(() => heard.length === 3)
  assert.deepEqual(heard, ['B one', 'B two', 'B three'])
})

test('a node that renews no more is ended after a lease of the other’s time: what it held is put right, what others hold is left alone', async () => {
  const world = await open()
  const [a, b] = [await world.start('A'), await world.start('B')]
  const [ofA, ofB] = [world.place.stationId, await addStation(world)]
  await hold(world, ofA, a.node.id())
  await hold(world, ofB, b.node.id())
  await until(() => a.node.others().has(b.node.id()))
  const turns = await turnsUntil(a, async () => !(await state(world, ofB))?.open)
  assert.equal(turns, 3, 'it listens, so its whole lease is waited for')
  assert.deepEqual([await state(world, ofA), await state(world, ofB)], [HELD, LET_GO])

  // It comes back to life: its links end, and it is a node again under another lease.
  const before = b.node.id()
  let lost = 0
  b.node.onLost(async () => {
    lost++
  })
  await turnsUntil(b, () => b.node.id() !== before)
  assert.equal(lost, 1)
  await assert.rejects(hold(world, ofB, before), /lost its lease/)
  await hold(world, ofB, b.node.id())
  assert.equal(b.node.isFresh(), true)
})

test('a node whose session is gone as well is not waited for as long', async () => {
  const world = await open()
  const a = await world.start('A')
  // Its row, and nobody behind it: what a process that was killed leaves.
  const dead = await seedNode(world.database, 'B')
  await hold(world, world.place.stationId, dead)
  assert.deepEqual(await state(world, world.place.stationId), HELD)
  const turns = await turnsUntil(a, async () => !(await state(world, world.place.stationId))?.open)
  assert.equal(turns, 3, 'the first look, and two turns without a renewal')
})

test('a process that starts again under its name ends its predecessor at once, and nobody else', async () => {
  const world = await open()
  const [ofA, ofB] = [world.place.stationId, await addStation(world)]
  await hold(world, ofA, await seedNode(world.database, 'A'))
  await hold(world, ofB, await seedNode(world.database, 'B'))
  await world.start('A')
  assert.deepEqual([await state(world, ofA), await state(world, ofB)], [LET_GO, HELD])
})

test('two processes of one name live beside each other', async () => {
  const { start } = await open()
  const [one, two] = [await start('A'), await start('A')]
  await until(() => one.node.others().has(two.node.id()))
  assert.equal(one.node.isFresh() && two.node.isFresh(), true)
})

test('a node with another secret than those that live is refused, with the setting’s name', async () => {
  const { start } = await open()
  await start('A', 'right')
  await assert.rejects(start('B', 'wrong'), /VOLTWAY_SECRET is not that of node A/)
})

test('a node whose listening connection broke hears what was said meanwhile', async () => {
  const world = await open()
  const [a, b] = [await world.start('A'), await world.start('B')]
  b.node.answerWith(async () => ({ kind: 'alive' }))
  await until(() => a.node.others().has(b.node.id()))
  await sql`
    select pg_terminate_backend(lock.pid) from pg_locks lock join voltway.node on node.number = lock.objid::integer
    where lock.locktype = 'advisory' and lock.database = (select oid from pg_database where datname = current_database()) and node.id = ${b.node.id()}`.execute(
    world.database.directory,
  )
  await until(async () => !(await a.node.isListening(b.node.id())))
  const target = { tenantId: testId<'Tenant'>(), stationId: testId<'ChargingStation'>() }
  const asked = a.node.ask(b.node.id(), { kind: 'probe', target, epoch: 1 }, 60_000)
  await until(async () => {
    b.clock.advance(500)
    return a.node.isListening(b.node.id())
  })
  assert.deepEqual(await asked, { kind: 'alive' })
})
