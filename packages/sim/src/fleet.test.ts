import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { seeded } from '@voltway/units'
import { systemClock } from './clock.ts'
import { startFleet } from './fleet.ts'
import { listOf, objectOf } from './json.ts'
import type { LifeOptions } from './life.ts'
import { scaledClock } from './scaled-clock.ts'
import { eventually } from './testing/manual-clock.ts'
import { startTestServer } from './testing/test-server.ts'

const STATIONS = [
  { identity: 'HOME/1', password: 'one', template: 'ac-home-7', version: 'ocpp1.6' },
  { identity: 'PARK-2', password: 'two', template: 'ac-22-dual', version: 'ocpp2.0.1' },
  { identity: 'FAST-3', password: 'three', template: 'dc-350-ccs', version: 'ocpp2.0.1' },
] as const

/** A fleet on a clock x60 to which cars come. */
const alive = async (t: TestContext, life: LifeOptions) => {
  const server = await startTestServer({ port: 0 })
  const fleet = await startFleet({
    url: server.url,
    stations: STATIONS,
    clock: scaledClock({ base: systemClock, rate: 60 }),
    random: seeded(3),
    life,
  })
  t.after(async () => {
    await fleet.close()
    await server.close()
  })
  return { server, fleet }
}

test('a fleet comes to life: cars charge within seconds on a clock x60', async (t) => {
  const { server, fleet } = await alive(t, { seed: 11, cards: ['A', 'B', 'C', 'D', 'E'], busyAtStart: 1 })
  const charging = () =>
    [...fleet.stations.values()].flatMap((station) => station.view().connectors).filter(({ state }) => state === 'charging')
  await eventually('four cars charge', () => charging().length === 4)
  const users = server.of('Authorize').map(({ idTag, idToken }) => idTag ?? objectOf(idToken).idToken)
  assert.equal(new Set(users).size, users.length)
})

test('the first car stands where it was asked for; the others come when they may', async (t) => {
  const { promise: othersAfter, resolve: letOthersCome } = Promise.withResolvers<void>()
  const { fleet } = await alive(t, {
    seed: 11,
    cards: ['A', 'B', 'C', 'D'],
    busyAtStart: 1,
    firstAt: { identity: 'PARK-2', evse: 2 },
    othersAfter,
  })
  const states = () => [...fleet.stations.values()].map((station) => station.view().connectors.map(({ state }) => state))
  await eventually('it charges', () => states().flat().includes('charging'))
  assert.deepEqual(states(), [['available'], ['available', 'charging'], ['available']])
  letOthersCome()
  await eventually('all charge', () =>
    states()
      .flat()
      .every((state) => state === 'charging'),
  )
})

test('the control API wants its token, shows stations, does what people do, and streams', async (t) => {
  const server = await startTestServer({ port: 0 })
  const fleet = await startFleet({
    url: server.url,
    stations: STATIONS,
    clock: scaledClock({ base: systemClock, rate: 60 }),
    random: seeded(3),
    control: { port: 0, token: 'the token' },
  })
  const aborted = new AbortController()
  t.after(async () => {
    aborted.abort()
    await fleet.close()
    await server.close()
  })
  const call = async (method: string, path: string, body?: object) => {
    const headers = { authorization: 'Bearer the token', 'content-type': 'application/json' }
    const response = await fetch(`${fleet.controlUrl}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    return { status: response.status, body: objectOf(await response.json()) }
  }
  assert.equal((await fetch(`${fleet.controlUrl}/stations`)).status, 401)
  await eventually('all are connected', () => server.of('StatusNotification').length >= 5)
  const stream = await fetch(`${fleet.controlUrl}/events`, { headers: { authorization: 'Bearer the token' }, signal: aborted.signal })
  const home = '/stations/HOME%2F1'
  assert.equal((await call('GET', home)).body.link, 'connected')
  assert.equal((await call('POST', `${home}/connectors/1/start`)).status, 409)
  const plugged = await call('POST', `${home}/connectors/1/plug`, { car: { label: 'Hatchback', socPercent: 50 } })
  assert.equal(listOf(objectOf(plugged.body.station).connectors)[0]?.state, 'preparing')
  assert.equal((await call('POST', `${home}/connectors/1/card`, { idToken: 'BOOK42' })).body.text, 'Authorised: charging starts.')
  await eventually('it charges', () => fleet.stations.get('HOME/1')?.view().connectors[0]?.state === 'charging')
  assert.equal((await call('POST', `${home}/clock`, { rate: 120 })).status, 200)
  assert.equal(fleet.clock.rate(), 120)
  assert.equal((await call('POST', `${home}/clock`, { rate: -1 })).status, 409)
  await call('POST', `${home}/connectors/1/stop`)
  await call('POST', `${home}/link`, { up: false })
  assert.equal((await call('GET', home)).body.link, 'down')
  for (const [path, status] of [
    ['/stations/NOBODY', 404],
    [`${home}/connectors/1/__proto__`, 404],
    ['/%E0%A4', 404],
  ] as const)
    assert.equal((await call('POST', path, {})).status, status, path)
  const reader = stream.body?.getReader()
  let text = ''
  while (!/event: message/.test(text) || !/event: station.changed/.test(text))
    text += Buffer.from((await reader!.read()).value ?? []).toString()
  assert.match(text, /"action":"StartTransaction"|"action":"Authorize"/)
})
