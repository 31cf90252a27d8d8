import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, PASSWORD, type TestApp } from './testing/test-app.ts'

let it: TestApp
before(async () => {
  it = await openTestApp()
})
after(() => it.close())

const SITE = {
  name: 'Depot',
  kind: 'depot',
  address: '2 Yard',
  city: 'Leeds',
  country: 'GB',
  latitude: 53.8,
  longitude: -1.5,
  timeZone: 'Europe/London',
  currency: 'GBP',
  operatorName: 'City',
}

for (const [what, change, path] of [
  ['a field of the wrong type', { latitude: 'north' }, 'body.latitude'],
  ['a field out of its range', { latitude: 91 }, 'body.latitude'],
  ['a field that is not known', { tenantId: 'mine' }, 'body.tenantId'],
  ['a missing field', { name: undefined }, 'body.name'],
  ['a zone that is none', { timeZone: 'Mars/Olympus' }, 'body.timeZone'],
  ['a word that is not in the list', { kind: 'moon' }, 'body.kind'],
] as const)
  test(`${what} is refused by name`, async () => {
    const answer = await it.ask('POST', '/api/v1/sites', { key: it.key, body: { ...SITE, ...change } })
    assert.equal(answer.status, 400)
    assert.equal(String(answer.headers['content-type']), 'application/problem+json; charset=utf-8')
    assert.equal(String(answer.body.code), 'REQUEST_INVALID')
    assert.equal(String(answer.body.errors?.[0]?.path), path)
  })

test('a body that is no JSON, one that is too large, and an unknown address are problems too', async () => {
  const raw = await it.app.inject({
    method: 'POST',
    url: '/api/v1/sites',
    headers: { authorization: `Bearer ${it.key}`, 'content-type': 'application/json' },
    payload: '{',
  })
  assert.equal(raw.json().code, 'JSON_INVALID')
  const large = await it.app.inject({
    method: 'POST',
    url: '/api/v1/sites',
    headers: { authorization: `Bearer ${it.key}`, 'content-type': 'application/json' },
    payload: `"${'x'.repeat(2_000_000)}"`,
  })
  assert.equal(large.json().code, 'BODY_TOO_LARGE')
  assert.equal(String((await it.ask('GET', '/api/v1/nowhere', { key: it.key })).body.code), 'ROUTE_NOT_FOUND')
})

test('a request that needs no body may name a type and send none; one that needs a body says so', async () => {
  const headers = { authorization: `Bearer ${it.key}`, 'content-type': 'application/json' }
  const renewed = await it.app.inject({ method: 'POST', url: `/api/v1/stations/${it.seeded.stations[0]?.id}/password`, headers })
  assert.equal(renewed.statusCode, 200, renewed.payload)
  const missing = await it.app.inject({ method: 'POST', url: '/api/v1/sites', headers })
  assert.equal(missing.json().code, 'REQUEST_INVALID')
  const poisoned = await it.app.inject({ method: 'POST', url: '/api/v1/sites', headers, payload: '{"__proto__": {"polluted": true}}' })
  assert.equal(poisoned.statusCode, 400)
})

test('a list is read in pages, none twice and none left out', async () => {
  for (let index = 0; index < 5; index++) await it.ask('POST', '/api/v1/sites', { key: it.key, body: { ...SITE, name: `Depot ${index}` } })
  const names: string[] = []
  let cursor: string | undefined
  do {
    const answer = await it.ask('GET', `/api/v1/sites?limit=2${cursor ? `&cursor=${cursor}` : ''}`, { key: it.key })
    names.push(...Object.values(answer.body.items ?? {}).map(({ name }) => String(name)))
    cursor = answer.body.nextCursor && String(answer.body.nextCursor)
  } while (cursor !== undefined)
  assert.equal(names.length, 6)
  assert.equal(new Set(names).size, 6)
  assert.equal(String((await it.ask('GET', '/api/v1/sites?cursor=zzz', { key: it.key })).body.code), 'CURSOR_INVALID')
})

test('a station password is shown once: not when the request is sent again, not when the station is read', async () => {
  const body = {
    siteId: it.seeded.siteIds[0],
    name: 'B1',
    identity: 'CS-B1',
    evses: [{ currentType: 'AC', maxPowerW: 11_000, connectors: [{ standard: 'IEC_62196_T2' }] }],
  }
  const headers = { 'idempotency-key': 'b1' }
  const first = await it.ask('POST', '/api/v1/stations', { key: it.key, body, headers })
  const second = await it.ask('POST', '/api/v1/stations', { key: it.key, body, headers })
  assert.equal(first.status, 201, first.text)
  const password = String(first.body.password)
  assert.equal(password.length, 32)
  assert.equal(second.body.password, undefined)
  assert.equal(String(second.body.station?.id), String(first.body.station?.id))
  assert.ok(!(await it.ask('GET', `/api/v1/stations/${String(first.body.station?.id)}`, { key: it.key })).text.includes(password))
  assert.equal(
    String((await it.ask('POST', '/api/v1/stations', { key: it.otherKey, body: { ...body, siteId: it.other.siteIds[0] } })).body.code),
    'ALREADY_EXISTS',
  )
})

test("a raw command's end reaches whoever asked", async () => {
  const url = `/api/v1/stations/${it.seeded.stations[0]?.id}/commands/Reset`
  const send = () => it.ask('POST', url, { key: it.key, body: { type: 'Soft' } })
  const offline = it.station.gateway
  assert.equal((await send()).status, 409)
  for (const [outcome, status] of [
    [{ outcome: 'answered', response: { status: 'Accepted' } }, 200],
    [{ outcome: 'error', code: 'NotSupported', description: 'no' }, 502],
    [{ outcome: 'expired', afterMs: 30_000 }, 504],
    [{ outcome: 'invalid', issues: [{ path: '/type', message: 'is wrong' }] }, 422],
  ] as const) {
    it.station.gateway = { ...offline, call: async () => outcome }
    const answer = await send()
    assert.equal(answer.status, status)
    if (status === 422) assert.equal(String(answer.body.errors?.[0]?.path), 'body.type')
  }
  it.station.gateway = offline
})

test('a viewer reads and changes nothing; a driver has no operator pages; a revoked key opens nothing', async () => {
  const viewer = await it.signIn('viewer@one.example')
  assert.equal((await it.ask('GET', '/api/v1/stations', { cookie: viewer })).status, 200)
  assert.equal((await it.ask('POST', '/api/v1/sites', { cookie: viewer, body: SITE })).status, 403)
  const driver = await it.signIn('dana@one.example')
  assert.equal((await it.ask('GET', '/api/v1/stations', { cookie: driver })).status, 403)
  const made = await it.ask('POST', '/api/v1/api-keys', { key: it.key, body: { name: 'short', scopes: ['stations:read'] } })
  const key = String(made.body.key)
  assert.equal((await it.ask('GET', '/api/v1/sites', { key })).status, 200)
  assert.equal((await it.ask('GET', '/api/v1/sessions', { key })).status, 403)
  assert.equal((await it.ask('DELETE', `/api/v1/api-keys/${String(made.body.apiKey?.id)}`, { key: it.key })).status, 200)
  assert.equal((await it.ask('GET', '/api/v1/sites', { key })).status, 401)
})

test("another site's page cannot use a visitor's cookie, and a signed-out cookie is dead", async () => {
  const cookie = await it.signIn('owner@one.example')
  const foreign = await it.ask('POST', '/api/v1/sites', { cookie, body: SITE, headers: { origin: 'https://evil.example' } })
  assert.equal(String(foreign.body.code), 'ORIGIN_REFUSED')
  assert.equal((await it.ask('POST', '/api/auth/sign-out', { cookie, body: {} })).status, 200)
  assert.equal((await it.ask('GET', '/api/v1/me', { cookie })).status, 401)
})

test('a driver signs up in one step and is a driver at once; the same address is refused', async () => {
  const body = { name: 'New', email: 'new@one.example', password: PASSWORD }
  const up = await it.ask('POST', '/api/auth/sign-up/email', { body })
  assert.equal(up.status, 200, up.text)
  const me = await it.ask('GET', '/api/v1/me', { cookie: await it.signIn('new@one.example') })
  assert.deepEqual(Object.values(me.body.roles ?? {}).map(String), ['driver'])
  assert.ok(me.body.driver?.id)
  assert.equal(String((await it.ask('POST', '/api/auth/sign-up/email', { body })).body.code), 'ALREADY_EXISTS')
  assert.equal(
    (await it.ask('POST', '/api/auth/sign-up/email', { body: { ...body, email: 'x@one.example', password: 'short' } })).status,
    400,
  )
})

test('the price simulator prices a saved tariff with the function that bills', async () => {
  const body = {
    tariffId: it.seeded.tariffIds.flat,
    startsAt: '2026-06-15T10:00:00Z',
    endsAt: '2026-06-15T11:00:00Z',
    energyWh: 20_000,
    idleMinutes: 40,
  }
  const answer = await it.ask('POST', '/api/v1/tariffs/simulate', { key: it.key, body })
  assert.equal(answer.status, 200, answer.text)
  assert.equal(String(answer.body.cost?.total?.micros), '9500000')
  const bad = await it.ask('POST', '/api/v1/tariffs', { key: it.key, body: { definition: { kind: 'elements', name: 'x' } } })
  assert.equal(bad.status, 422)
  assert.ok(String(bad.body.errors?.[0]?.path).startsWith('body.definition.'))
})

test('operator pages without data say so and do not fail', async () => {
  const [site, station] = [it.seeded.siteIds[0], it.seeded.stations[0]?.id]
  for (const url of [
    '/overview',
    '/funnel',
    `/sites/${site}/power`,
    `/sites/${site}/timeline`,
    `/stations/${station}/timeline`,
    `/stations/${station}/messages?inError=true&limit=5`,
    `/stations/${station}/variables`,
    `/stations/${station}/commands`,
    '/stations?q=a1&status=unknown&inError=true',
    '/sessions?inError=true',
    '/reservations',
    '/alarms?open=true',
    '/ledger',
    '/drivers?q=dan',
    '/tokens?inError=true',
    '/vehicles/charging',
    '/price-series/day-ahead',
    '/ocpp/schemas/ocpp1.6',
    '/ocpp/schemas/ocpp2.0.1/ReserveNow',
    '/me',
  ]) {
    const answer = await it.ask('GET', `/api/v1${url}`, { key: it.key })
    assert.equal(answer.status, 200, `${url}: ${answer.text}`)
  }
  const near = await it.ask('GET', '/api/v1/public/sites?near=51.5,-0.2&standard=IEC_62196_T2_COMBO&minPowerW=50000')
  assert.equal(String(near.body.items?.[0]?.evses?.[0]?.priceNow), '0.45 GBP/kWh')
  assert.ok(Number(near.body.items?.[0]?.distanceM) > 6_000)
  const svg = await it.ask('GET', `/api/v1/public/evses/${it.seeded.stations[0]?.evses[0]?.code}/qr.svg`)
  assert.match(svg.text, /^<svg/)
})
