import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type OcppWorld, openOcppWorld } from '../testing/ocpp-world.ts'

let world: OcppWorld
before(async () => {
  world = await openOcppWorld()
  await world.addCard('04AABBCC')
})
after(() => world.close())

test('a 1.6 status is also a step of the transaction on its connector, once, and of no other', async () => {
  const id = await world.addStation('full')
  const station = await world.booted('full')
  const say = (status: string, minute: number, connectorId = 1) =>
    station.call('StatusNotification', { connectorId, status, errorCode: 'NoError', timestamp: `2026-06-15T11:${minute}:00Z` })
  await say('Charging', 10)
  await station.call('StartTransaction', { connectorId: 1, idTag: '04AABBCC', meterStart: 0, timestamp: '2026-06-15T11:20:00Z' })
  await say('Charging', 21)
  await say('SuspendedEV', 40)
  await say('SuspendedEV', 40)
  await say('SuspendedEV', 41, 2)
  await say('SuspendedEV', 42, 0)
  await say('Finishing', 50)
  await station.call('StopTransaction', { transactionId: 1, meterStop: 5_000, timestamp: '2026-06-15T11:50:00Z' })
  await say('SuspendedEV', 55)
  const steps = await world.rows<{ kind: string; charging_state: string | null; occurred_at: number }>(
    `select kind, charging_state, occurred_at from voltway.transaction_fact where station_id = '${id}' order by occurred_at, kind`,
  )
  const at = (minute: number) => Date.UTC(2026, 5, 15, 11, minute)
  assert.deepEqual(
    steps.map(({ kind, charging_state, occurred_at }) => [kind, charging_state, occurred_at]),
    [
      ['transaction.started', null, at(20)],
      ['transaction.updated', 'charging', at(21)],
      ['transaction.updated', 'suspendedByVehicle', at(40)],
      ['transaction.ended', null, at(50)],
    ],
  )
})

test('what a 1.6 station says of the lock in its info belongs to the transaction on that connector, after its end too', async () => {
  const id = await world.addStation('lock-16')
  const station = await world.booted('lock-16')
  const say = (info: string, second: number, connectorId = 1) =>
    station.call('StatusNotification', {
      connectorId,
      status: 'Finishing',
      errorCode: 'NoError',
      info,
      timestamp: `2026-06-15T11:50:${second}Z`,
    })
  await say('Unlocked', 10)
  await station.call('StartTransaction', { connectorId: 1, idTag: '04AABBCC', meterStart: 0, timestamp: '2026-06-15T11:20:00Z' })
  await station.call('StopTransaction', { transactionId: 1, meterStop: 5_000, timestamp: '2026-06-15T11:50:00Z' })
  await say('Locked: voltage present', 20)
  await say('Connector unlocked.', 23)
  await say('Connector unlocked.', 23)
  await say('unlocking blocked', 24)
  await say('Unlocked', 25, 2)
  await say('Unlocked', 26, 0)
  const said = await world.rows(
    `select transaction_id, plug, occurred_at from voltway.transaction_fact where station_id = '${id}' and plug is not null order by occurred_at`,
  )
  const at = (second: number) => Date.UTC(2026, 5, 15, 11, 50, second)
  assert.deepEqual(said, [
    { transaction_id: '1', plug: 'locked', occurred_at: at(20) },
    { transaction_id: '1', plug: 'unlocked', occurred_at: at(23) },
  ])
})
