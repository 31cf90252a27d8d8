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

test('a 1.6 fault is a step of the transaction on its connector, whether the stop comes before or after it', async () => {
  const id = await world.addStation('broken')
  const station = await world.booted('broken')
  const at = (minute: number, second = 0) => `2026-06-15T11:${minute}:${String(second).padStart(2, '0')}Z`
  const broken = (timestamp: string, errorCode: string, connectorId: number) =>
    station.call('StatusNotification', { connectorId, status: 'Faulted', errorCode, timestamp })
  const start = (connectorId: number, timestamp: string) =>
    station.call('StartTransaction', { connectorId, idTag: '04AABBCC', meterStart: 0, timestamp })
  await broken(at(10), 'GroundFailure', 1)
  await start(1, at(20))
  await broken(at(30), 'GroundFailure', 1)
  await broken(at(30), 'GroundFailure', 1)
  await station.call('StatusNotification', { connectorId: 1, status: 'Charging', errorCode: 'WeakSignal', timestamp: at(31) })
  await station.call('StopTransaction', { transactionId: 1, meterStop: 5_000, timestamp: at(30, 5), reason: 'Other' })
  await start(2, at(40))
  await station.call('StopTransaction', { transactionId: 2, meterStop: 5_000, timestamp: at(50) })
  await broken(at(49, 50), 'NoError', 2)
  await start(2, at(55))
  await broken(at(56), 'InternalError', 0)
  const said = await world.rows<Readonly<Record<'transaction_id' | 'natural_key' | 'stop_reason' | 'fault', string | null>>>(
    `select transaction_id, natural_key, stop_reason, fault from voltway.transaction_fact where station_id = '${id}'
      and (fault is not null or kind = 'transaction.ended') order by transaction_id, natural_key`,
  )
  assert.deepEqual(
    said.map((row) => [row.transaction_id, row.fault ?? row.natural_key, row.stop_reason]),
    [
      ['1', 'GroundFailure', null],
      ['1', 'stop', 'other'],
      ['2', 'OtherError', null],
      ['2', 'stop', null],
      ['3', 'InternalError', null],
    ],
  )
})

test('a 1.6 fault that is heard before its start, and one of the whole station after a stop, are steps of the transactions they belong to', async () => {
  const id = await world.addStation('late')
  const station = await world.booted('late')
  const at = (minute: number, second = 0) => `2026-06-15T11:${minute}:${String(second).padStart(2, '0')}Z`
  const say = (timestamp: string, connectorId: number, errorCode?: string) =>
    station.call('StatusNotification', {
      connectorId,
      status: errorCode === undefined ? 'Preparing' : 'Faulted',
      errorCode: errorCode ?? 'NoError',
      timestamp,
    })
  const start = (timestamp: string) => station.call('StartTransaction', { connectorId: 1, idTag: '04AABBCC', meterStart: 0, timestamp })
  const stop = (transactionId: number, timestamp: string) =>
    station.call('StopTransaction', { transactionId, meterStop: 5_000, timestamp, reason: 'Other' })
  // Broken before the plug was in again: over by then.
  await say(at(14, 30), 1, 'OverVoltage')
  await say(at(14, 50), 1)
  // A start that waited: both were heard before it.
  await say(at(17), 1, 'GroundFailure')
  await say(at(17, 1), 0, 'InternalError')
  await start(at(15))
  await stop(1, at(17, 5))
  // It still stands when the next one starts.
  await say(at(19, 40), 1, 'HighTemperature')
  await start(at(20))
  await stop(2, at(20, 10))
  await say(at(20, 40), 0, 'PowerMeterFailure')
  await say(at(21, 11), 0, 'OtherError')
  const said = await world.rows<Readonly<Record<'transaction_id' | 'fault', string>>>(
    `select transaction_id, fault from voltway.transaction_fact where station_id = '${id}' and fault is not null order by transaction_id, occurred_at`,
  )
  assert.deepEqual(
    said.map((row) => `${row.transaction_id} ${row.fault}`),
    // What breaks between two is a step of both: whether it ended one is for the fold to say.
    ['1 GroundFailure', '1 InternalError', '1 HighTemperature', '2 HighTemperature', '2 PowerMeterFailure'],
  )
})
