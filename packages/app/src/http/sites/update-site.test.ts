import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../testing/test-app.ts'

let it: TestApp
let path: string
before(async () => {
  it = await openTestApp()
  path = `/api/v1/sites/${it.seeded.siteIds[0]}`
})
after(() => it.close())

const change = (body: object, key = it.key) => it.ask('PATCH', path, { key, body })

test('what is sent of a site changes, what is left out stays', async () => {
  const before = (await it.ask('GET', path, { key: it.key })).body
  const { status, body } = await change({ name: 'Harbour North', address: 'Pier 4', timeZone: 'Europe/Berlin', gridLimitW: 120_000 })
  assert.equal(status, 200)
  assert.deepEqual(body, { ...before, name: 'Harbour North', address: 'Pier 4', timeZone: 'Europe/Berlin', gridLimitW: 120_000 } as unknown)
})

test('a grid limit is taken away by null', async () => {
  await change({ gridLimitW: 50_000 })
  assert.equal('gridLimitW' in (await change({ gridLimitW: null })).body, false)
  assert.equal('gridLimitW' in (await change({ city: 'Hull' })).body, false)
})

for (const [field, value] of [
  ['timeZone', 'Mars/Olympus'],
  ['timeZone', '+02:00'],
  ['currency', 'XXZ'],
  ['gridLimitW', 0],
  ['latitude', 91],
  ['country', 'England'],
  ['name', ''],
  ['tenantId', 'mine'],
] as const)
  test(`a ${field} of ${JSON.stringify(value)} is refused at its field`, async () => {
    const { status, body } = await change({ [field]: value })
    assert.deepEqual([status, String(body.errors?.[0]?.path)], [400, `body.${field}`])
  })

test('a site of another tenant is not there', async () => {
  assert.equal((await change({ name: 'Mine now' }, it.otherKey)).status, 404)
})
