import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { ElementTariff } from '@voltway/domain/tariffs'
import { insertCommand, reservationAsker, type StoredFact, statusCounts } from '@voltway/store'
import { testId } from '@voltway/store/testing'
import { type DriverId, epochMs, MINUTE } from '@voltway/units'
import { sql } from 'kysely'
import { startSession } from '../charging/start-session.ts'
import { createDriver } from '../http/drivers/create-driver.ts'
import { bookReservation } from '../reservations/book-reservation.ts'
import { billSessions } from './bill-sessions.ts'
import { JOBS, TRACKS } from './index.ts'
import { notifyDrivers } from './notify-drivers.ts'
import { planSites } from './plan-sites.ts'
import { projectFacts } from './project-facts.ts'
import { pushReservations } from './push-reservations.ts'
import { createReconciler } from './reconciler.ts'
import { releaseReservations } from './release-reservations.ts'
import { stopOverruns } from './stop-overruns.ts'
import { FLAT, type JobWorld, metered, NOON, openJobWorld, plugSaid, runOut, started, stopped } from './testing/job-world.ts'

const tariff: ElementTariff = { ...FLAT, idle: { perMinute: 100_000n, graceMinutes: 10 } }
const worlds: JobWorld[] = []
const open = async () => {
  const world = await openJobWorld(tariff)
  worlds.push(world)
  return world
}
after(() => Promise.all(worlds.map((world) => world.close())))

const rows = async <Row>({ database, place }: JobWorld, query: ReturnType<typeof sql<Row>>) =>
  (await database.inTenant(place.tenantId, (tx) => query.execute(tx))).rows
const minutes = (count: number) => epochMs(NOON + count * MINUTE)
const session = async (world: JobWorld) =>
  (
    await rows(
      world,
      sql<{
        state: string
        import_wh: number
        total_micros: bigint
        driver_id: string | null
        stop_reason: string | null
        stop_requested_by: string | null
        reservation_id: string | null
      }>`select * from voltway.session`,
    )
  )[0]

const plan = {
  kind: 'cheapest',
  start: '2026-06-15T12:30:00.000Z',
  end: '2026-06-15T13:30:00.000Z',
  energyWh: 3_000,
  cost: { total: { currency: 'GBP', micros: '1500000' } },
  tariff: null,
  curve: [
    { from: '2026-06-15T12:30:00.000Z', to: '2026-06-15T12:40:00.000Z', powerW: 7_200 },
    { from: '2026-06-15T13:00:00.000Z', to: '2026-06-15T13:15:00.000Z', powerW: 7_200 },
  ],
}
const book = async ({ services, place }: JobWorld) => {
  const { tenantId, stationId, evseId, driverId } = place
  const booked = await bookReservation(services, {
    tenantId,
    stationId,
    evseId,
    driverId,
    vehicleId: undefined,
    startsAt: minutes(30),
    endsAt: minutes(90),
    wish: {},
    plan,
  })
  assert.ok(booked.ok)
  return booked.value
}
const reservationState = async (world: JobWorld) =>
  (await rows(world, sql<{ state: string }>`select state from voltway.reservation`))[0]?.state

test('a transaction becomes a session, priced while it goes on, billed once when it ends, and posted in balance', async () => {
  const world = await open()
  await world.report([started(NOON), metered(minutes(10), 2_200)])
  await runOut(world, projectFacts)
  const live = await session(world)
  assert.deepEqual([live?.state, live?.import_wh, live?.total_micros, live?.driver_id], ['charging', 1_200, 600_000n, world.place.driverId])

  await world.report([metered(minutes(20), 3_400), stopped(minutes(20), 3_400), stopped(minutes(20), 3_400)])
  for (const job of JOBS) await runOut(world, job)
  for (const job of JOBS) await runOut(world, job)
  const ended = await session(world)
  assert.deepEqual([ended?.state, ended?.import_wh, ended?.total_micros, ended?.stop_reason], ['billed', 2_400, 1_200_000n, 'driver'])

  // The lock lets go when the bill is written already: that word still reaches the session, and nothing else of it moves.
  await world.report([plugSaid(minutes(21), 'unlocked')])
  await runOut(world, projectFacts)
  const [freed] = await rows(world, sql<{ plug: string; plug_at: number }>`select plug, plug_at from voltway.session`)
  assert.deepEqual(freed, { plug: 'unlocked', plug_at: minutes(21) })
  const untouched = await session(world)
  assert.deepEqual({ ...untouched, plug: null, plug_at: null }, { ...ended, plug: null, plug_at: null })
  const cdrs = await rows(
    world,
    sql<{ total_micros: bigint; receipt_number: number }>`select total_micros, receipt_number from voltway.cdr`,
  )
  assert.deepEqual(cdrs, [{ total_micros: 1_200_000n, receipt_number: 1 }])
  const entries = await rows(
    world,
    sql<{ account: string; amount_micros: bigint }>`select account, amount_micros from voltway.ledger_entry order by line`,
  )
  assert.deepEqual(
    entries.map(({ account, amount_micros }) => [account, amount_micros]),
    [
      ['receivable:driver', 1_200_000n],
      ['revenue:charging', -1_000_000n],
      ['vat:payable', -200_000n],
    ],
  )
})

test('an attempt to charge and its energy are counted once, also when its facts come again', async () => {
  const world = await open()
  await world.report([started(NOON), metered(minutes(10), 2_200)])
  await runOut(world, projectFacts)
  await world.report([metered(minutes(20), 3_400), stopped(minutes(20), 3_400)])
  await runOut(world, projectFacts)
  await world.report([stopped(minutes(20), 3_400), metered(minutes(15), 2_800)])
  world.clock.advance(30 * MINUTE)
  const waiting = await statusCounts(world.database, world.clock.now())
  assert.ok(waiting.lagMs > 0, 'what nobody has looked at grows old')
  await runOut(world, projectFacts)
  const counts = await statusCounts(world.database, world.clock.now())
  assert.equal(counts.lagMs, 0)
  const text = await world.services.metrics.text(counts)
  assert.match(text, /^voltway_charging_attempts_total\{outcome="success"\} 1$/m)
  assert.match(text, /^voltway_energy_delivered_joules_total 8640000$/m)
})

test('a walk-in start by the app, without a booking, ends as that driver’s session', async () => {
  const world = await open()
  const { tenantId, stationId } = world.place
  const driverId = await world.database.inTenant(tenantId, (tx) =>
    createDriver(tx, world.services, { tenantId, driver: { name: 'Wilma Walk-in' } }),
  )
  const [evse] = await rows(world, sql<{ code: string }>`select code from voltway.evse where station_id = ${stationId} and number = 1`)
  const startedNow = await startSession(world.services, { tenantId, driverId, evseCode: evse?.code ?? '' })
  assert.ok(startedNow.ok)
  const [intent] = world.asked
  assert.ok(intent?.kind === 'remoteStart')
  await world.report([started(NOON, intent.idToken), stopped(minutes(20), 3_400)])
  for (const job of JOBS) await runOut(world, job)
  const ended = await session(world)
  assert.deepEqual([ended?.state, ended?.driver_id], ['billed', driverId])
  const [entry] = await rows(world, sql<{ account: string }>`select account from voltway.ledger_entry order by line`)
  assert.equal(entry?.account, 'receivable:driver')
})

test('facts that come in any order give the same session', async () => {
  const world = await open()
  await world.report([stopped(minutes(20), 3_400)])
  await runOut(world, projectFacts)
  await world.report([metered(minutes(10), 2_200)])
  await world.report([started(NOON)])
  await runOut(world, projectFacts)
  const found = await session(world)
  assert.deepEqual([found?.state, found?.import_wh, found?.total_micros], ['ended', 2_400, 1_200_000n])
})

test('an implausible meter holds the session; nothing is billed', async () => {
  const world = await open()
  await world.report([started(NOON), stopped(minutes(20), 910_000)])
  await runOut(world, projectFacts)
  await runOut(world, billSessions)
  assert.equal((await session(world))?.state, 'held')
  assert.deepEqual(await rows(world, sql`select 1 from voltway.cdr`), [])
})

test('a reservation is held by the station in time, used, given its power curve, stopped at its end, and completed', async () => {
  const world = await open()
  const { code } = await book(world)
  await runOut(world, pushReservations)
  assert.equal(await reservationState(world), 'confirmed', 'thirty minutes ahead is too soon to block an EVSE')
  world.clock.advance(16 * MINUTE)
  await runOut(world, pushReservations)
  assert.equal(await reservationState(world), 'pushed')
  assert.deepEqual(
    world.asked.map((intent) => [intent.kind, intent.kind === 'reserve' && intent.idToken]),
    [['reserve', code]],
  )

  world.clock.advance(14 * MINUTE)
  await world.report([started(minutes(30), code)])
  await runOut(world, projectFacts)
  await runOut(world, planSites)
  assert.equal(await reservationState(world), 'active')
  const profile = world.asked.find((intent) => intent.kind === 'setChargingProfile')
  assert.deepEqual(profile?.periods, [
    { startSeconds: 0, limitW: 7_200 },
    { startSeconds: 600, limitW: 0 },
    { startSeconds: 1_805, limitW: 7_200 },
    { startSeconds: 2_700, limitW: 0 },
  ])

  await runOut(world, stopOverruns)
  assert.equal(world.asked.filter(({ kind }) => kind === 'remoteStop').length, 0, 'not before its time')
  world.clock.advance(60 * MINUTE)
  await runOut(world, stopOverruns)
  assert.equal(world.asked.filter(({ kind }) => kind === 'remoteStop').length, 1)
  await world.report([{ ...stopped(minutes(90), 3_500), stopReason: 'operator' } as StoredFact])
  await runOut(world, projectFacts)
  assert.equal((await session(world))?.stop_reason, 'reservationEnded', 'the station says "remote"; we know who asked')
  assert.equal(await reservationState(world), 'completed')
})

test('a driver of a reserved slot may show the own card instead of the booking code', async () => {
  const world = await open()
  await book(world)
  await world.report([started(minutes(30), 'CARD0001')])
  await runOut(world, projectFacts)
  assert.notEqual((await session(world))?.reservation_id, null)
  assert.equal(await reservationState(world), 'active')
})

test('an unused reservation is released after its grace time, also at the station', async () => {
  const world = await open()
  await book(world)
  world.clock.advance(44 * MINUTE)
  await runOut(world, releaseReservations)
  assert.equal(await reservationState(world), 'confirmed')
  world.clock.advance(1 * MINUTE)
  await runOut(world, releaseReservations)
  assert.equal(await reservationState(world), 'released')
  assert.deepEqual(
    world.asked.map(({ kind }) => kind),
    ['cancelReservation'],
  )
})

test('a station that refuses to hold an EVSE is asked again, and the booking stands', async () => {
  const world = await open()
  await book(world)
  world.clock.advance(20 * MINUTE)
  world.answerWith({ accepted: false, reason: 'Occupied' })
  await runOut(world, pushReservations)
  assert.equal(await reservationState(world), 'confirmed')
  world.answerWith({ accepted: true })
  await runOut(world, pushReservations)
  assert.equal(await reservationState(world), 'pushed')
})

test('a station that refuses is not asked without end: once a minute, by what is kept of the last time', async () => {
  const world = await open()
  const { id } = await book(world)
  const { tenantId, stationId } = world.place
  world.clock.advance(20 * MINUTE)
  world.answerWith({ accepted: false, reason: 'Occupied' })
  await runOut(world, pushReservations)
  const command = {
    tenantId,
    stationId,
    id: testId(),
    action: 'ReserveNow',
    payload: {},
    requestedAt: world.clock.now(),
    nodeId: testId<'Node'>(),
  }
  await world.database.inTenant(tenantId, (tx) => insertCommand(tx, { ...command, requestedBy: reservationAsker(id) }))
  await runOut(world, pushReservations)
  assert.equal(world.asked.length, 1)
  world.clock.advance(MINUTE)
  await runOut(world, pushReservations)
  assert.equal(world.asked.length, 2)
})

test('a station that does not answer holds up neither projection nor billing', async () => {
  const world = await open()
  await book(world)
  world.clock.advance(20 * MINUTE)
  let answer = () => {}
  const asked = new Promise<void>((resolve) => {
    const perform = () => {
      resolve()
      return new Promise<{ accepted: true }>((answered) => {
        answer = () => answered({ accepted: true })
      })
    }
    Object.assign(world.services.gateway, { perform })
  })
  const reconciler = createReconciler(world.services, TRACKS)
  reconciler.wake(world.place.tenantId)
  await asked
  await world.report([started(NOON), stopped(minutes(20), 3_400)])
  reconciler.wake(world.place.tenantId)
  for (let looks = 0; looks < 2_000 && (await session(world))?.state !== 'billed'; looks++)
    await new Promise((resolve) => setTimeout(resolve, 10))
  assert.equal((await session(world))?.state, 'billed')
  assert.equal(await reservationState(world), 'confirmed')
  answer()
  await reconciler.close()
})

test('of two hundred drivers who race for one slot exactly one gets it', async () => {
  const world = await open()
  const { tenantId, stationId, evseId, driverId } = world.place
  const drivers = await rows(
    world,
    sql<{ id: DriverId }>`insert into voltway.driver (tenant_id, id, person_id, app_token, group_token, created_at)
      select tenant_id, gen_random_uuid(), person_id, 'app-' || n, 'group-' || n, created_at
      from voltway.driver, generate_series(1, 200) n where id = ${driverId} returning id`,
  )
  assert.equal(drivers.length, 200)
  const booking = { tenantId, stationId, evseId, vehicleId: undefined, wish: {}, plan }
  const answers = await Promise.all(
    drivers.map(({ id }, index) =>
      bookReservation(world.services, { ...booking, driverId: id, startsAt: minutes(60 + (index % 5)), endsAt: minutes(90 + (index % 7)) }),
    ),
  )
  assert.equal(answers.filter(({ ok }) => ok).length, 1)
  assert.ok(answers.every((answer) => answer.ok || answer.failure.code === 'SLOT_TAKEN'))
})

test('a driver is told each thing once', async () => {
  const world = await open()
  await world.report([started(NOON), metered(minutes(10), 2_200)])
  await runOut(world, projectFacts)
  await notifyDrivers.run(world.services, world.place.tenantId)
  await notifyDrivers.run(world.services, world.place.tenantId)
  const told = await rows(world, sql<{ kind: string }>`select kind from voltway.notification order by kind`)
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ['connected', 'started'],
  )
})
