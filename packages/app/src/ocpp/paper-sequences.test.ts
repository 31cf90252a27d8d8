import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { epochMs } from '@voltway/units'
import { minutes, NOON, type OcppWorld, openOcppWorld } from './testing/ocpp-world.ts'
import { resultOf } from './testing/test-station.ts'

// The request and response sequences of the paper's Figures 8 to 12, on real sockets.
let world: OcppWorld
before(async () => {
  world = await openOcppWorld()
})
after(() => world.close())

test('Figures 8 to 12: connect, authorise, start, meter values, stop, under a booking (1.6)', async () => {
  const stationId = await world.addStation('paper-16')
  await world.addReservation({ stationId, evse: 1, code: 'B00KED16', startsAt: NOON, endsAt: epochMs(NOON + minutes(60)) })
  const station = await world.connect('paper-16')

  // Figure 8: Connect
  const boot = resultOf(await station.call('BootNotification', { chargePointVendor: 'Volt', chargePointModel: 'Chargebox' }))
  assert.equal(boot.status, 'Accepted')

  // Figure 9: Authorize
  const { idTagInfo } = resultOf(await station.call('Authorize', { idTag: 'b00ked16' }))
  const parentIdTag = `G${world.place.driverId.slice(-12)}`
  assert.deepEqual(idTagInfo, { status: 'Accepted', parentIdTag })

  // Figure 10: Start Charging
  const start = { connectorId: 1, idTag: 'b00ked16', timestamp: '2026-06-15T12:01:00Z', meterStart: 0, reservationId: 1 }
  const started = resultOf(await station.call('StartTransaction', start))
  assert.deepEqual(started, { transactionId: 1, idTagInfo: { status: 'Accepted', parentIdTag } })

  // Figure 12: Meter Values
  const sampledValue = [
    { value: '1100', measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
    { value: '11.0', measurand: 'Power.Active.Import', unit: 'kW' },
    { value: '41', measurand: 'SoC', unit: 'Percent' },
  ]
  const sample = { connectorId: 1, transactionId: 1, meterValue: [{ timestamp: '2026-06-15T12:07:00Z', sampledValue }] }
  assert.deepEqual(resultOf(await station.call('MeterValues', sample)), {})

  // Figure 11: Stop Charging
  const stop = { transactionId: 1, idTag: 'b00ked16', timestamp: '2026-06-15T12:31:00Z', meterStop: 5_500, reason: 'Local' }
  assert.equal((resultOf(await station.call('StopTransaction', stop)).idTagInfo as { status: string }).status, 'Accepted')

  const facts = await world.rows(
    `select kind, transaction_id, number, evse, register_wh, reservation_number, authorisation, id_token_last_four, stop_reason
     from voltway.transaction_fact where station_id = '${stationId}' order by occurred_at`,
  )
  const common = { transaction_id: '1', evse: 1, id_token_last_four: 'ED16' }
  assert.deepEqual(facts, [
    {
      ...common,
      kind: 'transaction.started',
      number: 1,
      register_wh: 0,
      reservation_number: 1,
      authorisation: 'accepted',
      stop_reason: null,
    },
    {
      ...common,
      kind: 'transaction.ended',
      number: null,
      register_wh: 5_500,
      reservation_number: null,
      authorisation: null,
      stop_reason: 'driver',
    },
  ])
  const meter = await world.rows(
    `select transaction_id, evse, import_wh, power_w, soc_percent from voltway.meter_value where station_id = '${stationId}'`,
  )
  assert.deepEqual(meter, [{ transaction_id: '1', evse: 1, import_wh: 1_100, power_w: 11_000, soc_percent: 41 }])
})

test('Figures 8 to 12: connect, authorise, start, meter values, stop, under a booking (2.0.1)', async () => {
  const stationId = await world.addStation('paper-201')
  await world.addReservation({ stationId, evse: 1, code: 'B00KD201', startsAt: NOON, endsAt: epochMs(NOON + minutes(60)) })
  const station = await world.connect('paper-201', { protocol: 'ocpp2.0.1' })

  const chargingStation = { vendorName: 'Volt', model: 'Chargebox', serialNumber: 'X', firmwareVersion: '2' }
  assert.equal(resultOf(await station.call('BootNotification', { reason: 'PowerUp', chargingStation })).status, 'Accepted')

  const idToken = { idToken: 'B00KD201', type: 'KeyCode' }
  const groupIdToken = { idToken: `G${world.place.driverId.slice(-12)}`, type: 'Central' }
  assert.deepEqual(resultOf(await station.call('Authorize', { idToken })), { idTokenInfo: { status: 'Accepted', groupIdToken } })

  const event = (eventType: string, seqNo: number, more: object) => ({
    eventType,
    seqNo,
    timestamp: `2026-06-15T12:${String(seqNo * 10).padStart(2, '0')}:00Z`,
    triggerReason: 'MeterValuePeriodic',
    ...more,
  })
  const meterValue = (wh: number, minute: number) => [
    {
      timestamp: `2026-06-15T12:${String(minute).padStart(2, '0')}:00Z`,
      sampledValue: [{ value: wh, measurand: 'Energy.Active.Import.Register', unitOfMeasure: { unit: 'Wh' } }],
    },
  ]
  const started = resultOf(
    await station.call('TransactionEvent', {
      ...event('Started', 0, {
        transactionInfo: { transactionId: 'tx-1', chargingState: 'Charging' },
        idToken,
        evse: { id: 1, connectorId: 1 },
        meterValue: meterValue(0, 0),
      }),
      triggerReason: 'Authorized',
    }),
  )
  assert.deepEqual(started, { idTokenInfo: { status: 'Accepted', groupIdToken } })
  assert.deepEqual(
    resultOf(
      await station.call(
        'TransactionEvent',
        event('Updated', 1, { transactionInfo: { transactionId: 'tx-1' }, meterValue: meterValue(1_800, 10) }),
      ),
    ),
    {},
  )
  const ended = event('Ended', 2, {
    transactionInfo: { transactionId: 'tx-1', stoppedReason: 'EVDisconnected' },
    meterValue: meterValue(3_600, 20),
  })
  assert.deepEqual(resultOf(await station.call('TransactionEvent', ended)), {})

  const facts = await world.rows(
    `select kind, natural_key, seq_no, evse, charging_state, reservation_number, stop_reason from voltway.transaction_fact where station_id = '${stationId}' order by seq_no`,
  )
  assert.deepEqual(facts, [
    {
      kind: 'transaction.started',
      natural_key: 'seq:0',
      seq_no: 0,
      evse: 1,
      charging_state: 'charging',
      reservation_number: 1,
      stop_reason: null,
    },
    {
      kind: 'transaction.updated',
      natural_key: 'seq:1',
      seq_no: 1,
      evse: 1,
      charging_state: null,
      reservation_number: null,
      stop_reason: null,
    },
    {
      kind: 'transaction.ended',
      natural_key: 'seq:2',
      seq_no: 2,
      evse: 1,
      charging_state: null,
      reservation_number: null,
      stop_reason: 'unplugged',
    },
  ])
  const meter = await world.rows(
    `select transaction_id, evse, import_wh from voltway.meter_value where station_id = '${stationId}' order by import_wh`,
  )
  assert.deepEqual(
    meter,
    [0, 1_800, 3_600].map((import_wh) => ({ transaction_id: 'tx-1', evse: 1, import_wh })),
  )
  const [status] = await world.rows(
    `select status, reported from voltway.status_history where station_id = '${stationId}' and cause = 'station' limit 1`,
  )
  assert.deepEqual(status, { status: 'charging', reported: 'Charging' })
})
