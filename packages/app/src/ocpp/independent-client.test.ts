import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { RPCClient } from 'ocpp-rpc'
import { type OcppWorld, openOcppWorld, PASSWORD } from './testing/ocpp-world.ts'

// The same link seen by a client that is not ours, strict about schemas in both directions.
let world: OcppWorld
before(async () => {
  world = await openOcppWorld()
  await world.addCard('04DDEEFF')
})
after(() => world.close())

/** Every setting is spelt out because the package's types want it; the values are its defaults but for `strictMode`. */
const clientOf = async (identity: string, protocol: string) => {
  const client = new RPCClient({
    endpoint: world.url.slice(0, -1),
    identity,
    password: PASSWORD,
    protocols: [protocol],
    strictMode: true,
    strictModeValidators: [],
    reconnect: false,
    maxReconnects: 0,
    callTimeoutMs: 60_000,
    pingIntervalMs: 30_000,
    deferPingsOnActivity: false,
    respondWithDetailedErrors: false,
    callConcurrency: 1,
    maxBadMessages: Number.POSITIVE_INFINITY,
    wsOpts: {},
    headers: {},
    backoff: { initialDelay: 1_000, maxDelay: 10_000, factor: 2, randomisationFactor: 0.25 },
  })
  client.handle('Reset', async () => ({ status: 'Accepted' }))
  await client.connect()
  return {
    call: async (action: string, payload: object) => (await client.call(action, payload)) as Reply,
    close: () => client.close({}),
  }
}
/** What the tests read of any answer. */
interface Reply {
  readonly status?: string
  readonly transactionId?: number
  readonly idTagInfo?: { readonly status: string }
  readonly idTokenInfo?: { readonly status: string }
}

test('a strict 1.6 client boots, charges and is reset', async () => {
  const id = await world.addStation('stranger-16')
  const client = await clientOf('stranger-16', 'ocpp1.6')
  try {
    assert.equal((await client.call('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' })).status, 'Accepted')
    await client.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Preparing' })
    assert.equal((await client.call('Authorize', { idTag: '04DDEEFF' })).idTagInfo?.status, 'Accepted')
    const { transactionId } = await client.call('StartTransaction', {
      connectorId: 1,
      idTag: '04DDEEFF',
      meterStart: 5,
      timestamp: '2026-06-15T11:00:00Z',
    })
    await client.call('MeterValues', {
      connectorId: 1,
      transactionId,
      meterValue: [{ timestamp: '2026-06-15T11:05:00Z', sampledValue: [{ value: '500' }] }],
    })
    await client.call('StopTransaction', { transactionId, meterStop: 900, timestamp: '2026-06-15T11:10:00Z' })
    await client.call('Heartbeat', {})
    const reset = await world.ocpp.gateway.perform(
      { tenantId: world.place.tenantId, stationId: id },
      { kind: 'reset', hard: false },
      'test',
    )
    assert.deepEqual(reset, { accepted: true })
    assert.equal((await world.rows(`select from voltway.transaction_fact where station_id = '${id}'`)).length, 2)
  } finally {
    await client.close()
  }
})

test('a strict 2.0.1 client boots, charges and is reset', async () => {
  const id = await world.addStation('stranger-201')
  const client = await clientOf('stranger-201', 'ocpp2.0.1')
  try {
    const chargingStation = { vendorName: 'V', model: 'M' }
    assert.equal((await client.call('BootNotification', { reason: 'PowerUp', chargingStation })).status, 'Accepted')
    await client.call('StatusNotification', { timestamp: '2026-06-15T11:00:00Z', connectorStatus: 'Occupied', evseId: 1, connectorId: 1 })
    const idToken = { idToken: '04DDEEFF', type: 'ISO14443' }
    assert.equal((await client.call('Authorize', { idToken })).idTokenInfo?.status, 'Accepted')
    const step = (eventType: string, seqNo: number) => ({
      eventType,
      seqNo,
      timestamp: '2026-06-15T11:00:00Z',
      triggerReason: 'Authorized',
      transactionInfo: { transactionId: 'stranger' },
    })
    assert.equal(
      (await client.call('TransactionEvent', { ...step('Started', 0), idToken, evse: { id: 1, connectorId: 1 } })).idTokenInfo?.status,
      'Accepted',
    )
    await client.call('MeterValues', { evseId: 0, meterValue: [{ timestamp: '2026-06-15T11:05:00Z', sampledValue: [{ value: 500 }] }] })
    await client.call('TransactionEvent', step('Ended', 1))
    const reportData = [
      {
        component: { name: 'EVSE', evse: { id: 1 } },
        variable: { name: 'Power' },
        variableAttribute: [{ value: '22000', mutability: 'ReadOnly' }],
      },
    ]
    await client.call('NotifyReport', { requestId: 1, generatedAt: '2026-06-15T11:00:00Z', seqNo: 0, reportData })
    assert.equal((await client.call('DataTransfer', { vendorId: 'v', data: { any: 1 } })).status, 'UnknownVendorId')
    await client.call('Heartbeat', {})
    const reset = await world.ocpp.gateway.perform(
      { tenantId: world.place.tenantId, stationId: id },
      { kind: 'reset', hard: false },
      'test',
    )
    assert.deepEqual(reset, { accepted: true })
    assert.deepEqual(await world.rows(`select component, evse, variable, value from voltway.station_variable where station_id = '${id}'`), [
      { component: 'EVSE', evse: 1, variable: 'Power', value: '22000' },
    ])
  } finally {
    await client.close()
  }
})
