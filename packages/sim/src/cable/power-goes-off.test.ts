import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { credentialOf } from '@voltway/pki'
import { objectOf } from '../json.ts'
import type { Station } from '../station/station.ts'
import { hatchback } from '../testing/station-world.ts'
import { car, eventually, IDENTITY, PKI_2, SECURED, talking } from '../testing/talking-station.ts'
import type { TestServer } from '../testing/test-server.ts'

const charging = async (t: TestContext) => {
  const world = await talking(t, { template: 'dc-50-ccs-chademo', highLevel: SECURED })
  await world.station.card(1, 'BOOK42')
  world.station.plug(1, car(IDENTITY))
  await eventually('it charges', () => (world.connector().transaction?.powerW ?? 0) > 10_000)
  return world
}

type Ended = () => Promise<void>
const ends: [sentence: string, happens: (station: Station, csms: TestServer, ended: Ended) => unknown, cause: RegExp][] = [
  ['a fault', (station) => station.fault(1, 'GroundFailure'), /emergency.*GroundFailure/],
  ['an emergency stop', (station) => station.emergencyStop(1), /emergency/],
  [
    'a hard reset',
    async (_station, csms, ended) => {
      await csms.send('CS-1', 'Reset', { type: 'Immediate' })
      // The station resets some time after it was asked: what it gave until then is not held against it.
      await ended()
    },
    /emergency/,
  ],
]
for (const [sentence, happens, cause] of ends)
  test(`${sentence} ends the session with a car at once, with the power off`, async (t) => {
    const { csms, station, connector } = await charging(t)
    const ended = async () => void (await eventually('the session is over', () => connector().dialogue?.state === 'ended'))
    await happens(station, csms, ended)
    const { importWh } = station.registers(1)
    await ended()
    assert.match(connector().dialogue?.ended ?? '', cause)
    assert.equal(connector().transaction?.powerW ?? 0, 0)
    // Long enough for more than a Wh at its fast clock, if there were power.
    await setTimeout(100)
    assert.ok(station.registers(1).importWh - importWh <= 1)
  })

for (const template of ['dc-50-ccs-chademo', 'ac-22-dual'] as const)
  test(`${template}: a car that has charged and is to charge again, still on its plug, talks again first`, async (t) => {
    const { station, connector } = await talking(t, { template, highLevel: SECURED })
    await station.card(1, 'BOOK42')
    station.plug(1, car(IDENTITY))
    await eventually('it charges', () => (connector().transaction?.powerW ?? 0) > 5_000)
    station.stop(1)
    await eventually('the plug is free', () => connector().state === 'finishing')
    await eventually('both have parted', () => connector().dialogue?.state === 'ended')
    assert.ok((await station.card(1, 'BOOK42')).ok)
    assert.notEqual(connector().dialogue?.state, 'ended')
    await eventually('it charges again', () => (connector().transaction?.powerW ?? 0) > 5_000)
    assert.equal(connector().dialogue?.state, 'charging')
  })

test('a car with a contract that has charged by it charges again by the card that somebody shows, without being asked who pays', async (t) => {
  const { csms, station, connector } = await talking(t, { template: 'dc-50-ccs-chademo', highLevel: SECURED })
  station.plug(1, car({ ...IDENTITY, contract: credentialOf(PKI_2.contract) }))
  await eventually('it charges', () => (connector().transaction?.powerW ?? 0) > 5_000)
  station.stop(1)
  await eventually('the plug is free', () => connector().state === 'finishing')
  await eventually('both have parted', () => connector().dialogue?.state === 'ended')
  assert.ok((await station.card(1, 'BOOK42')).ok)
  await eventually('it charges again', () => (connector().transaction?.powerW ?? 0) > 5_000)
  const started = csms.of('TransactionEvent').filter(({ eventType }) => eventType === 'Started')
  assert.deepEqual(
    started.map(({ idToken }) => objectOf(idToken).type),
    ['eMAID', 'KeyCode'],
  )
  assert.equal(csms.of('Authorize').filter(({ certificate }) => certificate !== undefined).length, 1)
})

test('a contract that the server accepts too late, when the car is gone, pays for nobody who comes after it', async (t) => {
  const { promise: late, resolve: answer } = Promise.withResolvers<object>()
  const { csms, station, connector } = await talking(
    t,
    { template: 'ac-22-dual', highLevel: SECURED },
    { answer: ({ action }) => (action === 'Authorize' ? late : undefined) },
  )
  station.plug(1, car({ ...IDENTITY, contract: credentialOf(PKI_2.contract) }))
  await eventually('the server is asked', () => csms.of('Authorize').length > 0)
  assert.ok(station.unplug(1).ok)
  answer({ idTokenInfo: { status: 'Accepted' }, certificateStatus: 'Accepted' })
  station.plug(1, hatchback())
  await csms.send('CS-1', 'GetVariables', { getVariableData: [] })
  await eventually('the station has heard', () => csms.raw.some((frame) => frame.startsWith('[3,')))
  assert.deepEqual([connector().state, connector().transaction], ['preparing', undefined])
})
