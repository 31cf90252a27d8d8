import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { appendOutbox, type StoredFact } from '@voltway/store'
import { testId } from '@voltway/store/testing'
import { epochMs, MINUTE, watts } from '@voltway/units'
import { sql } from 'kysely'
import type { StationIntent } from '../ocpp/station-gateway.ts'
import { planSites } from './plan-sites.ts'
import { projectFacts } from './project-facts.ts'
import { FLAT, type JobWorld, metered, NOON, openJobWorld, runOut, started, stopped } from './testing/job-world.ts'

const worlds: JobWorld[] = []
after(() => Promise.all(worlds.map((world) => world.close())))

/** One station with two 22 kW EVSEs; the site's limit in W, or none. */
const open = async (limitW: number | null) => {
  const world = await openJobWorld(FLAT)
  worlds.push(world)
  const { tenantId, siteId, stationId } = world.place
  await change(
    world,
    sql`insert into voltway.evse (tenant_id, id, station_id, number, code, current_type, max_power_w)
    values (${tenantId}, ${testId()}, ${stationId}, 2, ${`E2${stationId.slice(-6)}`}, 'AC', 22000)`,
  )
  await change(world, sql`update voltway.site set grid_limit_w = ${limitW} where id = ${siteId}`)
  return world
}
const change = ({ database, place }: JobWorld, statement: ReturnType<typeof sql>) =>
  database.inTenant(place.tenantId, (tx) => statement.execute(tx))
const rows = async <Row>({ database, place }: JobWorld, query: ReturnType<typeof sql<Row>>) =>
  (await database.inTenant(place.tenantId, (tx) => query.execute(tx))).rows
const minutes = (count: number) => epochMs(NOON + count * MINUTE)

const atEvse = (fact: StoredFact, evse: number): StoredFact => ({ ...fact, evse }) as StoredFact
const start = (minute: number, evse: number) => {
  const fact = started(minutes(minute), `WALK000${evse}`, evse)
  return atEvse({ ...fact, naturalKey: `start:${evse}` } as StoredFact, evse)
}
const read = (minute: number, evse: number, { wh, powerW }: { wh: number; powerW: number }) =>
  atEvse({ ...metered(minutes(minute), 1_000 + wh, evse), powerW: watts(powerW), payloadHash: `${minute}:${evse}` } as StoredFact, evse)

/** Reports, lets the jobs run, and says what stations were told meanwhile. */
const step = async (world: JobWorld, minute: number, facts: readonly StoredFact[]): Promise<readonly StationIntent[]> => {
  world.clock.advance(Math.max(0, minutes(minute) - world.clock.now()))
  await world.report(facts)
  await runOut(world, projectFacts)
  const before = world.asked.length
  await runOut(world, planSites)
  return world.asked.slice(before)
}
const told = (intents: readonly StationIntent[]) =>
  intents.map((intent) =>
    intent.kind === 'setChargingProfile' ? `${intent.purpose} ${intent.evse}: ${intent.periods[0]?.limitW}` : `${intent.kind}`,
  )
const alarms = (world: JobWorld) => rows(world, sql<{ kind: string }>`select kind from voltway.alarm`)

test('a site without a limit, or whose limit is enough for all, is left alone', async () => {
  for (const limitW of [null, 60_000]) {
    const world = await open(limitW)
    assert.deepEqual(await step(world, 0, [start(0, 1), start(0, 2)]), [])
    assert.deepEqual(await rows(world, sql`select 1 from voltway.site_plan`), [])
  }
})

test('EVSEs of a shared site hold a pause, cars share its limit, and nothing is said twice', async () => {
  const world = await open(24_000)
  assert.deepEqual(told(await step(world, 0, [])), ['evseDefault 1: 0', 'evseDefault 2: 0'])
  assert.deepEqual(told(await step(world, 1, [start(1, 1)])), ['transaction 1: 22000'])
  const second = told(await step(world, 2, [start(2, 2)]))
  assert.deepEqual(second, ['transaction 1: 12000', 'transaction 2: 12000'], 'first what leaves room, then what takes it')
  assert.deepEqual(told(await step(world, 3, [])), [])
  const left = told(await step(world, 4, [atEvse({ ...stopped(minutes(4), 1_500, 1), naturalKey: 'stop:1' } as StoredFact, 1)]))
  assert.deepEqual(left, ['transaction 2: 22000'])
  const [plan] = await rows(
    world,
    sql<{
      reasons: readonly string[]
      cost_gap_nanos: string
    }>`select reasons, cost_gap_nanos::text from voltway.site_plan order by planned_at desc limit 1`,
  )
  assert.deepEqual(plan, { reasons: ['departure'], cost_gap_nanos: '0' })
})

test('the fuse of a station is kept also where its site has no limit of its own', async () => {
  const world = await open(null)
  await change(world, sql`update voltway.charging_station set phase_limit_a = 32 where id = ${world.place.stationId}`)
  assert.deepEqual(told(await step(world, 0, [])), ['evseDefault 1: 0', 'evseDefault 2: 0'])
  const shared = told(await step(world, 1, [start(1, 1), start(1, 2)]))
  assert.deepEqual(shared.toSorted(), ['transaction 1: 11040', 'transaction 2: 11040'])
})

test('another limit is another plan; no limit, or the switch, takes back what was told', async () => {
  const world = await open(24_000)
  const { siteId } = world.place
  await step(world, 0, [start(0, 1), start(0, 2)])
  await change(world, sql`update voltway.site set grid_limit_w = 10000 where id = ${siteId}`)
  assert.deepEqual(told(await step(world, 1, [])).toSorted(), ['transaction 1: 5000', 'transaction 2: 5000'])
  await change(world, sql`update voltway.site set steering = false where id = ${siteId}`)
  assert.deepEqual(told(await step(world, 2, [])).toSorted(), Array(4).fill('clearChargingProfile'))
  assert.deepEqual(told(await step(world, 3, [])), [])
  await change(world, sql`update voltway.site set steering = null where id = ${siteId}`)
  const again = told(await step(world, 4, []))
  assert.deepEqual(again.toSorted(), ['evseDefault 1: 0', 'evseDefault 2: 0', 'transaction 1: 5000', 'transaction 2: 5000'])
})

test('a station that refuses raises an alarm, keeps its share of the limit, and is asked again later', async () => {
  const world = await open(24_000)
  await step(world, 0, [])
  world.answerWith({ accepted: false, reason: 'Rejected' })
  assert.deepEqual(told(await step(world, 1, [start(1, 1)])), ['transaction 1: 22000'])
  assert.deepEqual(await alarms(world), [{ kind: 'ChargingProfileRefused' }])
  world.answerWith({ accepted: true })
  const [second] = told(await step(world, 2, [start(2, 2)]))
  assert.equal(second, 'transaction 2: 0', 'the other may draw 22 of the 24 kW, and 2 are too little')
  const later = told(await step(world, 7, []))
  assert.deepEqual(later, ['transaction 1: 12000', 'transaction 2: 12000'])
})

test('a car that draws more than it was told raises an alarm, and the others make room for it', async () => {
  const world = await open(24_000)
  await step(world, 0, [start(0, 1), start(0, 2)])
  assert.deepEqual(told(await step(world, 1, [read(1, 1, { wh: 200, powerW: 12_000 })])), [])
  const heeded = told(await step(world, 4, [read(4, 1, { wh: 900, powerW: 18_000 }), read(4, 2, { wh: 800, powerW: 12_000 })]))
  assert.deepEqual(heeded, ['transaction 2: 6000'])
  assert.deepEqual(await alarms(world), [{ kind: 'ChargingProfileIgnored' }])
})

test('a car that takes less than it may leaves the rest to the others', async () => {
  const world = await open(24_000)
  await step(world, 0, [start(0, 1), start(0, 2)])
  const shared = told(await step(world, 3, [read(3, 1, { wh: 350, powerW: 7_000 }), read(3, 2, { wh: 600, powerW: 12_000 })]))
  assert.deepEqual(shared, ['transaction 1: 7700', 'transaction 2: 16300'])
})

test('a cap holds for its time, is planned for before it begins, and limits also a site without a limit', async () => {
  for (const limitW of [30_000, null]) {
    const world = await open(limitW)
    const { siteId, tenantId } = world.place
    await change(
      world,
      sql`insert into voltway.site_forecast (tenant_id, site_id, kind, starts_at, ends_at, power_w)
        values (${tenantId}, ${siteId}, 'cap', ${minutes(20)}, ${minutes(40)}, 10000)`,
    )
    const before = await step(world, 1, [start(1, 1), start(1, 2)])
    const share = limitW === null ? 22_000 : 15_000
    const own = before.filter((intent) => intent.kind === 'setChargingProfile' && intent.purpose === 'transaction')
    const allowed = own.map((intent) => {
      assert.ok(intent.kind === 'setChargingProfile')
      const at = (minute: number) =>
        intent.periods.findLast(({ startSeconds }) => intent.startsAt + startSeconds * 1_000 <= minutes(minute))?.limitW
      return [2, 20, 39].map((minute) => at(minute) ?? 0)
    })
    assert.deepEqual(
      allowed.map(([now]) => now),
      [share, share],
    )
    for (const then of [1, 2])
      assert.equal(
        allowed.reduce((sum, powers) => sum + powers[then]!, 0),
        10_000,
      )
    assert.deepEqual(told(await step(world, 21, [])).toSorted(), ['transaction 1: 5000', 'transaction 2: 5000'])
    const after = told(await step(world, 41, [])).filter((intent) => intent.startsWith('transaction'))
    assert.deepEqual(after.toSorted(), [`transaction 1: ${share}`, `transaction 2: ${share}`])
  }
})

test('a station that is lost and comes back is told nothing again; one that booted meanwhile is', async () => {
  const world = await open(24_000)
  await step(world, 0, [start(0, 1), start(0, 2)])
  const { gateway } = world.services
  const reasons = async () =>
    (await rows(world, sql<{ reasons: readonly string[] }>`select reasons from voltway.site_plan order by planned_at desc limit 1`))[0]
      ?.reasons
  const linked = (isLinked: boolean) =>
    Object.assign(gateway, { linksOf: async () => (id: string) => isLinked && id === world.place.stationId })
  linked(false)
  world.services.siteLooks.clear()
  assert.deepEqual(told(await step(world, 1, [])), [])
  assert.deepEqual(await reasons(), ['departure', 'load'], 'they are still there, and nobody can tell them anything')
  linked(true)
  world.services.siteLooks.clear()
  assert.deepEqual(told(await step(world, 2, [])), [])
  assert.deepEqual(await reasons(), ['arrival', 'load'])
  await change(world, sql`update voltway.charging_station set booted_at = ${minutes(3)} where id = ${world.place.stationId}`)
  world.services.siteLooks.clear()
  const again = ['evseDefault 1: 0', 'evseDefault 2: 0', 'transaction 1: 12000', 'transaction 2: 12000']
  assert.deepEqual(told(await step(world, 3, [])).toSorted(), again)
})

test('a planner that fails leaves the last plan as it is, and says at which site', async () => {
  const world = await open(24_000)
  await step(world, 0, [start(0, 1)])
  const said: (object | undefined)[] = []
  const services = {
    ...world.services,
    log: { ...world.services.log, warn: (_: string, detail?: object) => void said.push(detail) },
    planner: { ...world.services.planner, plan: async () => ({ ok: false, failure: { code: 'faults', faults: [] } }) as const },
  }
  await world.report([start(1, 2)])
  await runOut(world, projectFacts)
  assert.equal(await planSites.run(services, world.place.tenantId), false)
  assert.equal((await rows(world, sql`select 1 from voltway.site_plan`)).length, 1)
  assert.deepEqual(said, [{ siteId: world.place.siteId, failure: { code: 'faults', faults: [] } }])
})

test('a plan whose telling was cut off, as by an end of the process, is told by whoever looks next', async () => {
  const world = await open(24_000)
  const { siteId, tenantId } = world.place
  await step(world, 0, [start(0, 1), start(0, 2)])
  await change(world, sql`update voltway.site set grid_limit_w = 10000 where id = ${siteId}`)
  const cutOff = {
    ...world.services,
    siteLooks: new Map(),
    gateway: { ...world.services.gateway, perform: () => Promise.reject(new Error('the process ends here')) },
  }
  await assert.rejects(planSites.run(cutOff, tenantId))
  world.services.siteLooks.clear()
  assert.deepEqual(told(await step(world, 0.1, [])).toSorted(), ['transaction 1: 5000', 'transaction 2: 5000'])
})

test('a site of which nothing is new is not read, until something is told of it or a minute has passed', async () => {
  const world = await open(24_000)
  const { siteId, tenantId } = world.place
  await step(world, 0, [start(0, 1), start(0, 2)])
  const setLimit = (watts: number) => change(world, sql`update voltway.site set grid_limit_w = ${watts} where id = ${siteId}`)
  await setLimit(10_000)
  assert.deepEqual(told(await step(world, 0.5, [])), [], 'a change that nobody told')
  const event = { type: 'site.changed', subject: siteId, data: { siteId }, recordedAt: world.clock.now() }
  await world.database.inTenant(tenantId, (tx) => appendOutbox(tx, tenantId, [event]))
  assert.deepEqual(told(await step(world, 0.6, [])).toSorted(), ['transaction 1: 5000', 'transaction 2: 5000'])
  await setLimit(20_000)
  assert.deepEqual(told(await step(world, 0.7, [])), [])
  assert.deepEqual(told(await step(world, 1.1, [])).toSorted(), ['transaction 1: 10000', 'transaction 2: 10000'])
})
