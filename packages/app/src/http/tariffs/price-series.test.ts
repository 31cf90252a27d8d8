import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { epochMs, HOUR, isoOf } from '@voltway/units'
import { openTestApp, type TestApp } from '../testing/test-app.ts'

let it: TestApp
before(async () => {
  it = await openTestApp()
})
after(() => it.close())

const FIRST = Date.UTC(2026, 5, 15, 22)
const hour = (n: number) => isoOf(epochMs(FIRST + n * HOUR))
const price = (n: number, perKwhMicros: string) => ({ from: hour(n), to: hour(n + 1), perKwhMicros })
const put = (name: string, items: readonly object[], key = it.key) =>
  it.ask('PUT', `/api/v1/price-series/${name}`, { key, body: { items } })
const list = async (query = '', key = it.key) => (await it.ask('GET', `/api/v1/price-series${query}`, { key })).body
const names = async (key = it.key) => Object.values((await list('', key)).items ?? {}).map(({ name }) => String(name))

test('a series is listed with its reach once prices are written, and only to its own tenant', async () => {
  assert.deepEqual(await names(), [])
  assert.equal((await put('day-ahead', [price(0, '81000'), price(1, '-4500')])).status, 200)
  assert.equal((await put('day-ahead', [price(1, '60000'), price(2, '70000')])).status, 200, 'what begins at the same instant is replaced')
  assert.deepEqual((await list()).items, [{ name: 'day-ahead', from: hour(0), to: hour(3), prices: 3, followedBy: [] }] as unknown)
  const { items } = (await it.ask('GET', `/api/v1/price-series/day-ahead?from=${hour(1)}&to=${hour(2)}`, { key: it.key })).body
  assert.deepEqual(items, [price(1, '60000')] as unknown)
  assert.deepEqual(await names(it.otherKey), [])
})

test('a series that a tariff follows without any price stands in the list, for it is what is missing', async () => {
  const tariff = (await it.ask('GET', '/api/v1/tariffs', { key: it.key })).body.items?.[0]
  const definition = { ...(tariff?.definition as object), dynamic: { series: 'spot', markupPerKwh: '100000', factorPpm: '1000000' } }
  const made = await it.ask('POST', '/api/v1/tariffs', { key: it.key, body: { name: 'Follows', definition } })
  assert.equal(made.status, 201, made.text)
  const first = await list('?limit=1')
  assert.deepEqual(
    Object.values(first.items ?? {}).map(({ name }) => String(name)),
    ['day-ahead'],
  )
  const rest = await list(`?limit=1&cursor=${String(first.nextCursor)}`)
  assert.deepEqual(rest.items, [{ name: 'spot', prices: 0, followedBy: [{ id: String(made.body.id), name: 'Follows' }] }] as unknown)
  assert.equal(rest.nextCursor, undefined)
})

test('prices that end before they begin, begin twice, or are no prices are refused with their place', async () => {
  const path = async (items: readonly object[]) => {
    const { status, body } = await put('day-ahead', items)
    return [status, String(body.errors?.[0]?.path)]
  }
  assert.deepEqual(await path([price(0, '1'), { ...price(1, '1'), to: hour(0) }]), [400, 'body.items.1.to'])
  assert.deepEqual(await path([price(0, '1'), price(0, '2')]), [400, 'body.items'])
  assert.deepEqual(await path([{ ...price(0, '1'), from: 'tomorrow' }]), [400, 'body.items.0.from'])
  assert.deepEqual(await path([price(0, '1,5')]), [400, 'body.items.0.perKwhMicros'])
})
