import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { epochMs, HOUR, isoOf } from '@voltway/units'
import { openTestApp, type TestApp } from '../testing/test-app.ts'

let it: TestApp
let dana: string
before(async () => {
  it = await openTestApp()
  dana = await it.signIn('dana@one.example')
})
after(() => it.close())

const inHours = (hours: number) => isoOf(epochMs(it.services.clock.now() + hours * HOUR))
const ask = (goal?: string) =>
  it.ask('POST', '/api/v1/driver/plans', {
    cookie: dana,
    body: {
      evseCode: it.seeded.stations[0]?.evses[0]?.code,
      arrival: inHours(1),
      departure: inHours(5),
      energyWh: 50_000,
      ...(goal && { goal }),
    },
  })
const upload = (items: readonly object[]) => it.ask('PUT', '/api/v1/carbon-series/grid', { key: it.key, body: { items } })

test('without carbon of the grid a greenest plan is refused at its field', async () => {
  const { status, body } = await ask('greenest')
  assert.deepEqual([status, String(body.errors?.[0]?.path)], [400, 'body.goal'])
})

test('the greenest plan charges when the grid is greenest, says why, and every plan says its grams', async () => {
  const saved = await upload([
    { from: inHours(0), to: inHours(3), gramsPerKwh: 400 },
    { from: inHours(3), to: inHours(4), gramsPerKwh: 80 },
    { from: inHours(4), to: inHours(6), gramsPerKwh: 300 },
  ])
  assert.deepEqual(saved.body, { saved: 3 } as unknown)
  await it.ask('PUT', `/api/v1/sites/${it.seeded.siteIds[0]}/energy`, { key: it.key, body: { carbonSeries: 'grid' } })
  const { plans } = (await ask('greenest')).body
  const plan = plans?.[0]
  assert.deepEqual([String(plan?.start), Number(plan?.carbonGrams)], [inHours(3), 4_000])
  assert.deepEqual(
    Object.values(plan?.reasons ?? {}).map(({ code }) => String(code)),
    ['greenestBeforeDeparture'],
  )
  assert.deepEqual(Object.keys(plan?.gap ?? {}), ['carbonGrams', 'thenCost'])
  assert.deepEqual([Number(plan?.gap?.carbonGrams), Object.values(plan?.gap?.thenCost ?? {})], [0, ['GBP', '0']])
  const plain = (await ask()).body
  assert.ok(Object.values(plain.plans ?? {}).every(({ carbonGrams }) => Number(carbonGrams) >= 4_000))
  const { items } = (await it.ask('GET', '/api/v1/carbon-series/grid', { key: it.key })).body
  assert.equal(Object.keys(items ?? {}).length, 3)
})

test('a series that overlaps itself or is no carbon is refused', async () => {
  const item = (from: number, to: number, gramsPerKwh: number) => ({ from: inHours(from), to: inHours(to), gramsPerKwh })
  assert.equal((await upload([item(0, 2, 1), item(1, 3, 1)])).status, 400)
  assert.equal((await upload([item(0, 1, -1)])).status, 400)
})
