import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type ChargingStationId, seeded } from '@voltway/units'
import { type OcppWorld, openOcppWorld } from './testing/ocpp-world.ts'
import { resultOf } from './testing/test-station.ts'

// Retries, duplicates and replays converge; what is not the station's own is not applied.
let world: OcppWorld
before(async () => {
  world = await openOcppWorld()
  await world.addCard('04AABBCC')
})
after(() => world.close())

const start = (more: object = {}) => ({ connectorId: 1, idTag: '04aabbcc', timestamp: '2026-06-15T11:00:00Z', meterStart: 1_000, ...more })
const facts = (id: ChargingStationId) =>
  world.rows<{ kind: string; transaction_id: string }>(
    `select kind, transaction_id from voltway.transaction_fact where station_id = '${id}' order by occurred_at, kind`,
  )
const alarms = (id: ChargingStationId) => world.eventually(`select kind, detail from voltway.alarm where station_id = '${id}'`)

test('a start that is sent again under other message ids keeps its number and its answer', async () => {
  const id = await world.addStation('again')
  const station = await world.booted('again')
  const replies = []
  for (const messageId of ['a', 'b', 'a', 'c']) replies.push(resultOf(await station.call('StartTransaction', start(), messageId)))
  assert.deepEqual(
    replies.map(({ transactionId, idTagInfo }) => [transactionId, (idTagInfo as { status: string }).status]),
    Array(4).fill([1, 'Accepted']),
  )
  assert.equal(resultOf(await station.call('StartTransaction', start({ timestamp: '2026-06-15T11:30:00Z' }))).transactionId, 2)
  assert.equal((await facts(id)).length, 2)
})

test('a retry after the link broke finds the same transaction', async () => {
  const id = await world.addStation('broken')
  const first = await world.booted('broken')
  await first.call('StartTransaction', start())
  first.socket.terminate()
  await first.closed
  await world.eventually(`select from voltway.outbox where subject = '${id}' and type = 'station.disconnected'`)
  const second = await world.connect('broken')
  assert.equal(resultOf(await second.call('StartTransaction', start())).transactionId, 1)
  assert.equal((await facts(id)).length, 1)
})

test('the transactions of two stations have numbers of their own', async () => {
  for (const name of ['own-1', 'own-2']) {
    await world.addStation(name)
    const station = await world.booted(name)
    assert.equal(resultOf(await station.call('StartTransaction', start())).transactionId, 1)
  }
})

test('a stop and its meter values sent three times are kept once', async () => {
  const id = await world.addStation('stops')
  const station = await world.booted('stops')
  await station.call('StartTransaction', start())
  const transactionData = [{ timestamp: '2026-06-15T11:20:00Z', sampledValue: [{ value: '1500' }] }]
  const stop = { transactionId: 1, timestamp: '2026-06-15T11:20:00Z', meterStop: 1_500, transactionData }
  for (const messageId of ['x', 'y', 'z']) resultOf(await station.call('StopTransaction', stop, messageId))
  const sample = { connectorId: 1, transactionId: 1, meterValue: transactionData }
  resultOf(await station.call('MeterValues', sample))
  assert.equal((await facts(id)).length, 2)
  assert.equal((await world.rows(`select from voltway.meter_value where station_id = '${id}'`)).length, 1)
})

test('steps of a 2.0.1 transaction in any order and any number come to the same rows', async () => {
  const event = (seqNo: number, eventType: string) => ({
    eventType,
    seqNo,
    timestamp: `2026-06-15T11:0${seqNo}:00Z`,
    triggerReason: 'MeterValuePeriodic',
    transactionInfo: { transactionId: 'any-order' },
    evse: { id: 1, connectorId: 1 },
    meterValue: [{ timestamp: `2026-06-15T11:0${seqNo}:00Z`, sampledValue: [{ value: seqNo * 100 }] }],
  })
  const events = [event(0, 'Started'), event(1, 'Updated'), event(2, 'Updated'), event(3, 'Ended')]
  const random = seeded(5)
  for (let round = 0; round < 3; round++) {
    const id = await world.addStation(`order-${round}`)
    const station = await world.connect(`order-${round}`, { protocol: 'ocpp2.0.1' })
    await station.call('BootNotification', { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } })
    const sent = [...events, ...events].map((one) => ({ one, at: random() })).sort((a, b) => a.at - b.at)
    // Each transaction name is the station's own, although another station uses it, as long as the station began it.
    resultOf(await station.call('TransactionEvent', events[0]))
    for (const { one } of sent) resultOf(await station.call('TransactionEvent', one))
    assert.deepEqual(
      (await facts(id)).map(({ kind }) => kind),
      ['transaction.started', 'transaction.updated', 'transaction.updated', 'transaction.ended'],
    )
    assert.equal(
      (await world.rows(`select from voltway.meter_value where station_id = '${id}' and transaction_id = 'any-order'`)).length,
      4,
    )
  }
})

test('somebody else’s 1.6 transaction is not stopped, nor given meter values, and an alarm is raised once', async () => {
  await world.addStation('victim')
  const victim = await world.booted('victim')
  for (let minute = 10; minute < 15; minute++) await victim.call('StartTransaction', start({ timestamp: `2026-06-15T11:${minute}:00Z` }))
  const id = await world.addStation('thief')
  const thief = await world.booted('thief')
  for (let round = 0; round < 2; round++)
    assert.deepEqual(
      resultOf(await thief.call('StopTransaction', { transactionId: 5, timestamp: `2026-06-15T11:5${round}:00Z`, meterStop: 9 })),
      {},
    )
  resultOf(
    await thief.call('MeterValues', {
      connectorId: 1,
      transactionId: 5,
      meterValue: [{ timestamp: '2026-06-15T11:55:00Z', sampledValue: [{ value: '9' }] }],
    }),
  )
  assert.deepEqual(await facts(id), [])
  assert.deepEqual(await alarms(id), [{ kind: 'ForeignTransaction', detail: { transactionId: '5' } }])
  assert.equal(
    (await world.rows(`select from voltway.transaction_fact where kind = 'transaction.ended' and transaction_id = '5'`)).length,
    0,
  )
  assert.deepEqual(await world.rows(`select transaction_id from voltway.meter_value where station_id = '${id}'`), [
    { transaction_id: null },
  ])
})

test('a station cannot bury the alarms of others under its own', async () => {
  const id = await world.addStation('noisy')
  const station = await world.booted('noisy')
  for (let number = 1_000; number < 1_040; number++)
    resultOf(await station.call('StopTransaction', { transactionId: number, timestamp: '2026-06-15T11:00:00Z', meterStop: 9 }))
  await station.call('Heartbeat', {})
  assert.equal((await world.eventually(`select from voltway.alarm where station_id = '${id}'`, 20)).length, 20)
})

test('somebody else’s 2.0.1 transaction is not ended, and an alarm is raised', async () => {
  const begin = async (name: string) => {
    const id = await world.addStation(name)
    const station = await world.connect(name, { protocol: 'ocpp2.0.1' })
    await station.call('BootNotification', { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } })
    return { id, station }
  }
  const event = (eventType: string, seqNo: number) => ({
    eventType,
    seqNo,
    timestamp: '2026-06-15T11:00:00Z',
    triggerReason: 'RemoteStop',
    transactionInfo: { transactionId: 'mine' },
  })
  const victim = await begin('victim-2')
  await victim.station.call('TransactionEvent', event('Started', 0))
  const thief = await begin('thief-2')
  assert.deepEqual(resultOf(await thief.station.call('TransactionEvent', event('Ended', 1))), {})
  assert.deepEqual(await facts(thief.id), [])
  assert.deepEqual(await alarms(thief.id), [{ kind: 'ForeignTransaction', detail: { transactionId: 'mine' } }])
})

for (const [what, number] of [
  ['0', 0],
  ['-1', -1],
  ['2^63-1', '9223372036854775807'],
] as const) {
  test(`a stop for transaction ${what} is the open one of this card at this station`, async () => {
    const name = `offline${what}`.replace(/\W/g, '')
    const id = await world.addStation(name)
    const station = await world.booted(name)
    await station.call('StartTransaction', start())
    station.sendRaw(
      `[2,"raw","StopTransaction",{"transactionId":${number},"idTag":"04AABBCC","timestamp":"2026-06-15T11:20:00Z","meterStop":2000}]`,
    )
    assert.equal((await station.nextFrame())[0], 3)
    assert.deepEqual(await facts(id), [
      { kind: 'transaction.started', transaction_id: '1' },
      { kind: 'transaction.ended', transaction_id: '1' },
    ])
  })
}

test('a stop without any start is answered and kept as a transaction of its own', async () => {
  const id = await world.addStation('orphan')
  const station = await world.booted('orphan')
  for (const minute of [20, 40])
    resultOf(await station.call('StopTransaction', { transactionId: -1, timestamp: `2026-06-15T11:${minute}:00Z`, meterStop: 2_000 }))
  assert.equal(new Set((await facts(id)).map(({ transaction_id }) => transaction_id)).size, 2)
})

test('meter values without a transaction are attached to the open one of their connector', async () => {
  const id = await world.addStation('meters')
  const station = await world.booted('meters')
  await station.call('StartTransaction', start())
  const meterValue = [{ timestamp: '2026-06-15T11:20:00Z', sampledValue: [{ value: '1500' }, { value: '7', measurand: 'Nonsense' }] }]
  for (const connectorId of [1, 2]) resultOf(await station.call('MeterValues', { connectorId, meterValue }))
  assert.deepEqual(
    await world.rows(`select evse, transaction_id, import_wh from voltway.meter_value where station_id = '${id}' order by evse`),
    [
      { evse: 1, transaction_id: '1', import_wh: 1_500 },
      { evse: 2, transaction_id: null, import_wh: 1_500 },
    ],
  )
})

test('tokens are kept as keyed hashes: no frame, fact or key shows a whole one', async () => {
  const rows = await world.rows<{ text: string }>(
    "select request || coalesce(response, '') as text from voltway.ocpp_message union all select natural_key || coalesce(id_token_last_four, '') from voltway.transaction_fact",
  )
  assert.ok(rows.length > 20)
  assert.equal(rows.filter(({ text }) => /04aabbcc/i.test(text)).length, 0)
})

test('what a 2.0.1 transaction is doing is a status when it changes, and not with every meter value', async () => {
  const id = await world.addStation('said-again')
  const station = await world.connect('said-again', { protocol: 'ocpp2.0.1' })
  resultOf(await station.call('BootNotification', { reason: 'PowerUp', chargingStation: { vendorName: 'Volt', model: 'Two' } }))
  const states = ['EVConnected', 'Charging', 'Charging', 'SuspendedEV', 'SuspendedEV', 'Charging', 'Charging']
  const minuteAt = (seqNo: number) => `2026-06-15T11:${seqNo + 10}:00Z`
  const say = async (seqNo: number, chargingState: string) =>
    resultOf(
      await station.call('TransactionEvent', {
        eventType: seqNo === 0 ? 'Started' : 'Updated',
        seqNo,
        timestamp: minuteAt(seqNo),
        triggerReason: 'MeterValuePeriodic',
        transactionInfo: { transactionId: 'said-again', chargingState },
        evse: { id: 1, connectorId: 1 },
      }),
    )
  for (const [seqNo, state] of states.entries()) await say(seqNo, state)
  const history = async () => {
    const rows = await world.rows<{ reported: string }>(
      `select reported from voltway.status_history where station_id = '${id}' and evse = 1 and cause = 'station'
       and occurred_at <= ${Date.parse(minuteAt(9))} order by occurred_at`,
    )
    return rows.map(({ reported }) => reported)
  }
  assert.deepEqual(await history(), ['EVConnected', 'Charging', 'SuspendedEV', 'Charging'])
  resultOf(await station.call('StatusNotification', { timestamp: minuteAt(8), connectorStatus: 'Faulted', evseId: 1, connectorId: 1 }))
  await say(9, 'Charging')
  assert.deepEqual((await history()).slice(-2), ['Faulted', 'Charging'], 'after another word it is news again')
})
