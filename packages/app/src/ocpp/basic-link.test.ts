import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type OcppWorld, openOcppWorld } from './testing/ocpp-world.ts'
import { errorOf, resultOf } from './testing/test-station.ts'

let world: OcppWorld
before(async () => {
  world = await openOcppWorld()
})
after(() => world.close())

const BOOT = { chargePointVendor: 'Volt', chargePointModel: 'One', chargePointSerialNumber: 'S-1', firmwareVersion: '1.2' }

test('a station boots, reports its status and shows its heart beats; each is in the database when it is answered', async () => {
  const id = await world.addStation('thin-1')
  const station = await world.connect('thin-1')
  const boot = resultOf(await station.call('BootNotification', BOOT))
  assert.deepEqual(boot, { status: 'Accepted', currentTime: '2026-06-15T12:00:00.000Z', interval: 300 })
  const [row] = await world.rows(
    `select vendor, model, serial, firmware, booted_at, ocpp_version, link_epoch from voltway.charging_station where id = '${id}'`,
  )
  assert.deepEqual(row, {
    vendor: 'Volt',
    model: 'One',
    serial: 'S-1',
    firmware: '1.2',
    booted_at: 1_781_524_800_000,
    ocpp_version: 'ocpp1.6',
    link_epoch: 1,
  })

  assert.deepEqual(resultOf(await station.call('Heartbeat', {})), { currentTime: '2026-06-15T12:00:00.000Z' })
  const status = { connectorId: 2, errorCode: 'NoError', status: 'Preparing', timestamp: '2026-06-15T12:00:00.500Z' }
  assert.deepEqual(resultOf(await station.call('StatusNotification', status)), {})
  const history = await world.rows(
    `select evse, connector, status, reported, error_code from voltway.status_history where station_id = '${id}' and cause = 'station'`,
  )
  assert.ok(history.length >= 1)
  assert.deepEqual(history[0], { evse: 2, connector: 1, status: 'occupied', reported: 'Preparing', error_code: 'NoError' })
  const frames = await world.eventually(
    `select action, outcome, response from voltway.ocpp_message where station_id = '${id}' order by id`,
    3,
  )
  assert.deepEqual(
    frames.map(({ action, outcome }) => `${action} ${outcome}`),
    ['BootNotification result', 'Heartbeat result', 'StatusNotification result'],
  )
})

test('before it was accepted a station is heard only with a boot', async () => {
  const id = await world.addStation('thin-2')
  const station = await world.connect('thin-2')
  assert.equal(
    errorOf(await station.call('StartTransaction', { connectorId: 1, idTag: 'A', meterStart: 0, timestamp: '2026-06-15T12:00:00Z' })),
    'SecurityError',
  )
  assert.equal((await world.rows(`select from voltway.transaction_fact where station_id = '${id}'`)).length, 0)
})
for (const [registration, said] of [
  ['pending', 'Pending'],
  ['rejected', 'Rejected'],
] as const) {
  test(`a station that the operator holds as ${registration} is told so, and not heard`, async () => {
    const id = await world.addStation(`thin-${registration}`)
    await world.rows(`update voltway.charging_station set registration = '${registration}' where id = '${id}'`)
    const station = await world.connect(`thin-${registration}`)
    assert.equal(resultOf(await station.call('BootNotification', BOOT)).status, said)
    assert.equal(
      errorOf(await station.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available' })),
      'SecurityError',
    )
  })
}

test('a station that was accepted before need not boot again after a break', async () => {
  await world.addStation('thin-3', { bootedAt: world.clock.now() })
  const station = await world.connect('thin-3')
  resultOf(await station.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available' }))
})

test('the link going up and down is history with cause and an event, and the last status comes back with it', async () => {
  const id = await world.addStation('thin-4')
  const station = await world.booted('thin-4')
  world.clock.advance(1_000)
  await station.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Charging', timestamp: '2026-06-15T12:00:01Z' })
  world.clock.advance(1_000)
  await station.close()
  await world.eventually(`select from voltway.outbox where subject = '${id}' and type = 'station.disconnected'`)
  world.clock.advance(1_000)
  await world.connect('thin-4')
  const history = await world.rows(
    `select status, cause from voltway.status_history where station_id = '${id}' and evse = 1 order by occurred_at, received_at`,
  )
  assert.deepEqual(
    history.map((row) => Object.values(row as object).join(' by ')),
    ['unknown by link', 'charging by station', 'offline by link', 'charging by link'],
  )
  const events = await world.rows<{ type: string }>(
    `select type from voltway.outbox where subject = '${id}' and type like 'station.%' order by position`,
  )
  assert.deepEqual(
    events.map(({ type }) => type),
    ['station.connected', 'station.booted', 'station.disconnected', 'station.connected'],
  )
})

test('what a station says of the time when it was away outlives what the link wrote when it came back', async () => {
  const id = await world.addStation('thin-5')
  const station = await world.booted('thin-5')
  world.clock.advance(60_000)
  await station.close()
  await world.eventually(`select from voltway.outbox where subject = '${id}' and type = 'station.disconnected'`)
  world.clock.advance(60_000)
  const back = await world.connect('thin-5')
  const whileAway = new Date(world.clock.now() - 30_000).toISOString()
  for (const status of ['Available', 'Preparing'])
    await back.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status, timestamp: whileAway })
  const [latest] = await world.rows(
    `select reported from voltway.status_history where station_id = '${id}' and evse = 1 order by occurred_at desc, received_at desc limit 1`,
  )
  assert.deepEqual(latest, { reported: 'Preparing' })
})
