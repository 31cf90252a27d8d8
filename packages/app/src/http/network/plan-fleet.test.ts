import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { epochMs, fail, HOUR, isoOf, seeded } from '@voltway/units'
import { openTestApp, type TestApp } from '../testing/test-app.ts'

const HARBOUR = { latitude: 51.5, longitude: -0.1 }
/** Some 2.2 km north of it. */
const HILL = { latitude: 51.52, longitude: -0.1 }
const CCS = ['IEC_62196_T2_COMBO']
const KWH_20 = 20_000

let it: TestApp
let hill: string
let drivers: readonly string[]
const created = async (url: string, body: unknown) => {
  const answer = await it.ask('POST', `/api/v1${url}`, { key: it.key, body })
  assert.equal(answer.status, 201, answer.text)
  return answer.body
}
before(async () => {
  it = await openTestApp({ VOLTWAY_RESERVATIONS_PER_DRIVER: '20' })
  drivers = it.seeded.drivers.map(({ id }) => id)
  const place = { kind: 'depot', address: '1 Hill', city: 'London', country: 'GB', timeZone: 'Europe/London', currency: 'GBP' }
  hill = String((await created('/sites', { ...place, ...HILL, name: 'Hill', operatorName: 'City', access: 'private' })).id)
  await it.ask('PUT', `/api/v1/sites/${hill}/tariff`, { key: it.key, body: { tariffId: it.seeded.tariffIds.flat } })
  const evses = [1, 2].map(() => ({ currentType: 'DC', maxPowerW: 50_000, connectors: [{ standard: CCS[0] }] }))
  await created('/stations', { siteId: hill, name: 'H1', identity: 'CS-hill', evses })
})
after(() => it.close())

const inHours = (hours: number) => isoOf(epochMs(it.services.clock.now() + hours * HOUR))
const van = (from: number, hours: number, more: object = {}) => ({
  near: HARBOUR,
  energyWh: KWH_20,
  standards: CCS,
  arrival: inHours(from),
  departure: inHours(from + hours),
  driverId: drivers[0],
  ...more,
})
const post = (body: object, more: { readonly key?: string; readonly headers?: Readonly<Record<string, string>> } = {}) =>
  it.ask('POST', '/api/v1/network-plans', { key: it.key, body, ...more })
const ask = async (wishes: readonly object[], more: object = {}) => {
  const answer = await post({ wishes, ...more })
  assert.equal(answer.status, 200, answer.text)
  return answer.body
}
type Fleet = Awaited<ReturnType<typeof ask>>
const outcomesOf = (body: Fleet) => Object.values(body.outcomes ?? {})
const reservations = async () => Object.values((await it.ask('GET', '/api/v1/reservations?limit=200', { key: it.key })).body.items ?? {})
const limit = (gridLimitW: number | null) => it.ask('PATCH', `/api/v1/sites/${hill}`, { key: it.key, body: { gridLimitW } })

interface Promised {
  readonly evse: string
  readonly site: string
  readonly from: number
  readonly to: number
  readonly curve: readonly { readonly from: number; readonly to: number; readonly powerW: number }[]
}
const promisedOf = (body: Fleet): readonly Promised[] =>
  outcomesOf(body).flatMap(({ choice }) => {
    if (!choice) return []
    const { plan, evseCode, siteId } = choice
    const time = (at: unknown) => Date.parse(String(at))
    const curve = Object.values(plan?.curve ?? {}).map((step) => ({
      from: time(step.from),
      to: time(step.to),
      powerW: Number(step.limitW ?? step.powerW),
    }))
    return [{ evse: String(evseCode), site: String(siteId), from: time(plan?.start), to: time(plan?.end), curve }]
  })

/** No two have the same EVSE at once, and a site's plans together never pass its limit. */
const assertApart = (all: readonly Promised[], { site, limitW }: { readonly site: string; readonly limitW: number }) => {
  for (const [place, one] of all.entries())
    for (const other of all.slice(place + 1))
      assert.ok(one.evse !== other.evse || one.to <= other.from || other.to <= one.from, JSON.stringify([one, other]))
  const steps = all.filter((one) => one.site === site).flatMap(({ curve }) => curve)
  for (const { from } of steps) {
    const together = steps.reduce((sum, step) => sum + (step.from <= from && from < step.to ? step.powerW : 0), 0)
    assert.ok(together <= limitW + 1, `${together} W at ${new Date(from).toISOString()}`)
  }
}

test('two vans that want the only fast connector at the same time have it one after the other, each with its price', async () => {
  const body = await ask([van(1, 3), van(1, 3)])
  const promised = promisedOf(body)
  assert.equal(promised.length, 2)
  assertApart(promised, { site: '', limitW: 0 })
  assert.deepEqual([Number(body.served), body.reserved], [2, false] as unknown)
  const totals = outcomesOf(body).map(({ choice }) => Number(choice?.total?.micros))
  for (const { choice } of outcomesOf(body)) {
    const { plan, waiting, way, total } = choice ?? {}
    assert.equal(Number(plan?.energyWh), KWH_20)
    assert.equal(Number(plan?.cost?.total?.micros) + Number(waiting?.micros) + Number(way?.micros), Number(total?.micros))
    assert.equal(plan?.offer, undefined)
  }
  assert.equal(
    Number(body.total?.micros),
    totals.reduce((sum, micros) => sum + micros, 0),
  )
  assert.deepEqual(await reservations(), [], 'nothing is held unless it is asked for')
})

test('who is in a hurry goes before who has time, and who finds all taken is told', async () => {
  const [patient, hurried, late] = outcomesOf(await ask([van(5, 3), van(5, 0.5), van(5, 0.5)]))
  assert.equal(String(late?.impossible?.code ?? hurried?.impossible?.code), 'taken')
  const [first] = [hurried, late].filter((one) => one?.choice)
  assert.ok(Date.parse(String(first?.choice?.plan?.end)) <= Date.parse(String(patient?.choice?.plan?.start)))
})

for (const [sentence, more, code] of [
  ['nothing fits a plug that nobody has', { standards: ['CHADEMO'] }, 'nothingFits'],
  ['nothing fits a stay of ten minutes', { departure: 10 / 60 }, 'nothingFits'],
  ['all is too dear below a cap of a penny', { priceCapMicros: '10000' }, 'tooDear'],
] as const)
  test(`${sentence}: that wish is told so, the others have theirs`, async () => {
    const { departure, ...rest } = { departure: 3, ...more }
    const body = await ask([van(10, 3), van(10, departure, rest)])
    assert.deepEqual(outcomesOf(body)[1], { wish: 1, impossible: { code } } as unknown)
    assert.ok(outcomesOf(body)[0]?.choice)
  })

test('the power of a site is promised once, and who finds too little of it is told or sent elsewhere', async () => {
  await limit(30_000)
  const at = { siteIds: [hill, it.seeded.siteIds[0]] }
  const body = await ask([van(20, 1, { near: HILL }), van(20, 1, { near: HILL }), van(20, 1, { near: HILL })], at)
  assertApart(promisedOf(body), { site: hill, limitW: 30_000 })
  const names = outcomesOf(body).map(({ choice }) => String(choice?.siteName))
  assert.deepEqual(names.toSorted(), ['Harbour one', 'Harbour one', 'Hill'])
  const alone = await ask([van(20, 1), van(20, 1)], { siteIds: [hill] })
  assert.equal(Number(alone.served), 1)
  assert.ok(outcomesOf(alone).some(({ impossible }) => String(impossible?.code) === 'powerLimits'))
  await limit(null)
})

test('of many vans with seeded wishes no two have the same connector or the same power', async () => {
  await limit(60_000)
  const next = seeded(31)
  const wishes = Array.from({ length: 24 }, () =>
    van(30 + Math.floor(next() * 6), 1 + Math.floor(next() * 6), {
      near: next() < 0.5 ? HARBOUR : HILL,
      energyWh: 5_000 + Math.floor(next() * 20_000),
    }),
  )
  const body = await ask(wishes, { siteIds: [hill, it.seeded.siteIds[0]] })
  assert.ok(Number(body.served) > 12, `${body.served} are served`)
  assertApart(promisedOf(body), { site: hill, limitW: 60_000 })
  await limit(null)
})

test('all are reserved at once; asked again with the same key nothing is reserved twice', async () => {
  const vehicleId = it.seeded.drivers[0]?.vehicleIds[0]
  const body = { wishes: [van(40, 3, { driverId: undefined, vehicleId }), van(40, 3, { driverId: drivers[1] })], reserve: true }
  const headers = { 'idempotency-key': 'fleet-1' }
  const [one, two] = [await post(body, { headers }), await post(body, { headers })]
  assert.deepEqual([one.status, one.body.reserved, two.body], [200, true, one.body] as unknown)
  const held = await reservations()
  const ids = outcomesOf(one.body).map(({ reservation }) => String(reservation?.id))
  assert.deepEqual(held.map(({ id }) => String(id)).toSorted(), ids.toSorted())
  assert.deepEqual(held.map(({ driverName }) => String(driverName)).toSorted(), ['Dana', 'Eli'])
  const next = await ask([van(40, 3)])
  assertApart([...promisedOf(one.body), ...promisedOf(next)], { site: '', limitW: 0 })
})

test('where one of them cannot be had, none is reserved', async () => {
  const before = (await reservations()).length
  const body = await ask([van(50, 3), van(50, 3, { standards: ['CHADEMO'] })], { reserve: true })
  assert.deepEqual([body.reserved, Number(body.served), outcomesOf(body)[0]?.reservation], [false, 1, undefined] as unknown)
  assert.equal((await reservations()).length, before)
})

test('of two who reserve the same at once, one has all and the other none', async () => {
  const before = (await reservations()).length
  const wishes = [van(60, 1), van(60, 1, { driverId: drivers[1] })]
  const answers = await Promise.all([post({ wishes, reserve: true }), post({ wishes, reserve: true })])
  const refused = answers.filter(({ status }) => status === 409)
  for (const { body } of refused) assert.match(String(body.errors?.[0]?.path), /^body\.wishes\.\d$/)
  const reserved = answers.filter(({ body }) => String(body.reserved) === 'true')
  assert.equal(reserved.length, 1, JSON.stringify(answers.map(({ text }) => text.slice(0, 200))))
  assert.equal((await reservations()).length, before + 2)
})

test('a driver holds no more reservations than one may, in a batch neither', async () => {
  const before = (await reservations()).length
  const answer = await post({ wishes: Array.from({ length: 21 }, (_, place) => van(70 + place, 1)), reserve: true })
  assert.deepEqual([answer.status, String(answer.body.code)], [409, 'RESERVATION_LIMIT'])
  assert.equal((await reservations()).length, before)
})

test('what is wrong with a wish is named by its field, all of it at once', async () => {
  const paths = async (body: object) => {
    const answer = await post(body)
    assert.equal(answer.status, 400, answer.text)
    return Object.values(answer.body.errors ?? {}).map(({ path }) => String(path))
  }
  const nobody = '01890000-0000-7000-8000-000000000000'
  const vehicleId = it.seeded.drivers[0]?.vehicleIds[0]
  for (const [wishes, expected, more] of [
    [[], ['body.wishes'], {}],
    [Array.from({ length: 501 }, () => van(1, 1)), ['body.wishes'], {}],
    [[van(1, 1), van(1, -1), van(1, 1, { energyWh: 2_000_000 })], ['body.wishes.1.departure', 'body.wishes.2.energyWh'], {}],
    [[van(1, 1, { energyWh: undefined })], ['body.wishes.0.energyWh'], {}],
    [[van(1, 1, { vehicleId: nobody }), van(1, 1, { driverId: nobody })], ['body.wishes.0.vehicleId', 'body.wishes.1.driverId'], {}],
    [[van(1, 1, { vehicleId, driverId: drivers[1] })], ['body.wishes.0.driverId'], {}],
    [[van(1, 1), van(24 * 9, 1)], ['body.wishes.1.departure'], {}],
    [[van(1, 1, { driverId: undefined })], ['body.wishes.0.driverId'], { reserve: true }],
    [[van(1, 1)], ['body.siteIds.1'], { siteIds: [hill, nobody] }],
    [[van(1, 1)], ['body.siteIds.0'], { siteIds: [it.other.siteIds[0]] }],
  ] as const)
    assert.deepEqual(await paths({ wishes, ...more }), expected)
})

test('a private site is no place unless it is named', async () => {
  const sitesOf = async (more: object) =>
    outcomesOf(await ask([van(100, 3, { near: HILL })], more)).map(({ choice }) => String(choice?.siteName))
  assert.deepEqual([await sitesOf({}), await sitesOf({ siteIds: [hill] })], [['Harbour one'], ['Hill']])
})

test('who may only read is refused, and a busy planner says so with nothing reserved', async () => {
  const viewer = await it.signIn('viewer@one.example')
  const refused = await it.ask('POST', '/api/v1/network-plans', { cookie: viewer, body: { wishes: [van(110, 1)] } })
  assert.deepEqual([refused.status, String(refused.body.code)], [403, 'SCOPE_MISSING'])
  const before = (await reservations()).length
  const { driver } = it.planner
  it.planner.driver = { ...driver, ask: async () => fail({ code: 'busy', waiting: 32 }) }
  const { status, body, headers } = await post({ wishes: [van(110, 1)], reserve: true })
  it.planner.driver = driver
  assert.deepEqual([status, String(body.code), headers['retry-after']], [503, 'PLANNER_BUSY', '2'])
  assert.equal((await reservations()).length, before)
})
