import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { epochMs, HOUR, isoOf } from '@voltway/units'
import { openTestApp, type TestApp } from '../testing/test-app.ts'

let it: TestApp
let path: string
before(async () => {
  it = await openTestApp()
  path = `/api/v1/sites/${it.seeded.siteIds[0]}`
})
after(() => it.close())

const put = (body: object, key = it.key) => it.ask('PUT', `${path}/energy`, { key, body })
const get = async () => (await it.ask('GET', `${path}/energy`, { key: it.key })).body

test('currents by phase, pauses, feed-in, demand charge and wiring are written and read; what is left out is gone', async () => {
  const energy = {
    phaseLimitsA: [63, 63, 50],
    mostPauses: 2,
    feedInPerKwhMicros: '80000',
    demandCharge: { perKwMicros: '9500000', peakSoFarW: 41_000 },
    carbonSeries: 'grid-co2',
  }
  const [station] = it.seeded.stations
  const wired = { stationId: station?.id, phaseLimitA: 32, evses: [{ number: 1, phaseRotation: 'STR' }] }
  const { status, body } = await put({ ...energy, stations: [wired] })
  assert.equal(status, 200, JSON.stringify(body))
  const { stations, ...rest } = await get()
  assert.deepEqual(rest, energy as unknown)
  const own = Object.values(stations ?? {}).find(({ stationId }) => String(stationId) === station?.id)
  assert.deepEqual([own?.phaseLimitA, own?.evses?.[0]?.phaseRotation], [32, 'STR'] as unknown)
  await put({ phaseLimitsA: [40, 40, 40] })
  const less = await get()
  assert.deepEqual([less.phaseLimitsA, less.mostPauses, less.demandCharge], [[40, 40, 40], undefined, undefined] as unknown)
  assert.equal(
    Object.values(less.stations ?? {}).some((one) => Number(one.phaseLimitA) === 32),
    true,
    'wiring stays',
  )
  await put({})
})

for (const [sentence, body, at] of [
  ['two phases', { phaseLimitsA: [63, 63] }, 'body.phaseLimitsA'],
  ['no current', { phaseLimitsA: [63, 63, 0] }, 'body.phaseLimitsA.2'],
  ['a negative number of pauses', { mostPauses: -1 }, 'body.mostPauses'],
  ['a negative demand charge', { demandCharge: { perKwMicros: '-1' } }, 'body.demandCharge.perKwMicros'],
  ['a price beyond all', { feedInPerKwhMicros: '99999999999999' }, 'body.feedInPerKwhMicros'],
  ['a station of nobody', { stations: [{ stationId: '019e9f5e-0000-7000-8000-000000000000' }] }, 'body.stations.0'],
] as const)
  test(`${sentence}: refused at its field`, async () => {
    const { status, body: answer } = await put(body)
    assert.deepEqual([status, String(answer.errors?.[0]?.path)], [400, at])
  })

const FIRST = Date.UTC(2026, 5, 15, 10)
const hour = (n: number) => isoOf(epochMs(FIRST + n * HOUR))
const item = (from: number, to: number, powerW: number) => ({ from: hour(from), to: hour(to), powerW })
const forecast = (kind: string, items: readonly object[]) => it.ask('PUT', `${path}/forecasts/${kind}`, { key: it.key, body: { items } })

test('a forecast takes the place of what was said of the same time; panels and building are kept apart', async () => {
  assert.deepEqual((await forecast('pv', [item(0, 1, 1_000), item(1, 2, 2_000), item(2, 3, 3_000)])).body, { saved: 3 } as unknown)
  await forecast('load', [item(0, 24, 500)])
  await forecast('pv', [item(1, 2, 2_500)])
  const { items } = (await it.ask('GET', `${path}/forecasts/pv`, { key: it.key })).body
  assert.deepEqual(items, [item(0, 1, 1_000), item(1, 2, 2_500), item(2, 3, 3_000)] as unknown)
})

test('what the panels will give stands beside power and price, for operators and in what a driver is offered', async () => {
  const span = `from=${hour(0)}&to=${hour(2)}`
  const drawn = (await it.ask('GET', `${path}/power?${span}`, { key: it.key })).body
  assert.deepEqual(drawn.solar, [item(0, 1, 1_000), item(1, 2, 2_500)] as unknown)
  const cookie = await it.signIn('dana@one.example')
  const now = it.services.clock.now()
  const at = (hours: number) => isoOf(epochMs(now + hours * HOUR))
  await forecast('pv', [{ from: at(1), to: at(2), powerW: 4_000 }])
  const body = { evseCode: it.seeded.stations[0]?.evses[0]?.code, arrival: at(1), departure: at(3), energyWh: 5_000 }
  const plans = (await it.ask('POST', '/api/v1/driver/plans', { cookie, body })).body
  assert.deepEqual(plans.solar, [{ from: at(1), to: at(2), powerW: 4_000 }] as unknown)
  await forecast('pv', [{ from: at(1), to: at(2), powerW: 0 }])
})

test('to what events of the grid cap a site stands beside its power', async () => {
  const span = `from=${hour(0)}&to=${hour(6)}`
  assert.equal((await it.ask('GET', `${path}/power?${span}`, { key: it.key })).body.caps, undefined)
  await forecast('cap', [item(3, 5, 20_000)])
  assert.deepEqual((await it.ask('GET', `${path}/power?${span}`, { key: it.key })).body.caps, [item(3, 5, 20_000)] as unknown)
})

test('a forecast that overlaps itself, ends before it begins, or is of something else is refused', async () => {
  assert.equal((await forecast('pv', [item(0, 2, 1), item(1, 3, 1)])).status, 400)
  assert.equal((await forecast('pv', [item(2, 1, 1)])).status, 400)
  assert.equal((await forecast('wind', [item(0, 1, 1)])).status, 400)
})

test('another organisation neither reads nor writes it', async () => {
  assert.equal((await put({}, it.otherKey)).status, 404)
  assert.equal((await it.ask('GET', `${path}/energy`, { key: it.otherKey })).status, 404)
  assert.equal((await it.ask('GET', `${path}/forecasts/pv`, { key: it.otherKey })).status, 404)
})
