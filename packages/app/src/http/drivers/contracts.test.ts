import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../testing/test-app.ts'

let it: TestApp
before(async () => {
  it = await openTestApp()
})
after(() => it.close())

const driverOf = async (index: number) => String((await it.ask('GET', '/api/v1/drivers', { key: it.key })).body.items?.[index]?.id)
const add = async (body: object, driver = 0) => it.ask('POST', `/api/v1/drivers/${await driverOf(driver)}/contracts`, { key: it.key, body })

test('a contract is an account and a token of its driver, whether it comes with hyphens or without', async () => {
  const made = await add({ emaid: 'de-vol-c12345678-9', pcid: 'WVWZZZ00000000001' })
  assert.equal(made.status, 201, made.text)
  assert.deepEqual([String(made.body.emaid), String(made.body.isGood)], ['DEVOLC12345678', 'true'])
  const listed = await it.ask('GET', `/api/v1/drivers/${await driverOf(0)}/contracts`, { key: it.key })
  assert.deepEqual(listed.body.items, [made.body] as unknown)
  const tokens = Object.values((await it.ask('GET', '/api/v1/tokens', { key: it.key })).body.items ?? {})
  const token = tokens.find(({ type }) => String(type) === 'contract')
  assert.equal(String(token?.lastFour), '5678')
  await it.ask('POST', `/api/v1/tokens/${String(token?.id)}/block`, { key: it.key })
  const blocked = await it.ask('GET', `/api/v1/drivers/${await driverOf(0)}/contracts`, { key: it.key })
  assert.equal(String(blocked.body.items?.[0]?.isGood), 'false')
})

test('an account or a car has one contract, and what is no eMAID is refused with its place', async () => {
  const path = async (body: object) => {
    const { status, body: problem } = await add(body)
    return [status, String(problem.errors?.[0]?.path)]
  }
  assert.deepEqual(await path({ emaid: 'DEVOLC12345678', pcid: 'WVWZZZ00000000002' }), [409, 'body.emaid'])
  assert.deepEqual(await path({ emaid: 'DEVOLC99999999', pcid: 'WVWZZZ00000000001' }), [409, 'body.pcid'])
  assert.deepEqual(await path({ emaid: 'VOL-12', pcid: 'WVWZZZ00000000003' }), [400, 'body.emaid'])
  const others = await it.ask('POST', `/api/v1/drivers/${await driverOf(0)}/contracts`, {
    key: it.otherKey,
    body: { emaid: 'DEVOLC99999999', pcid: 'X123' },
  })
  assert.equal(others.status, 404)
})
