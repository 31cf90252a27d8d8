import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { seeded } from '@voltway/units'
import { RPCServer } from 'ocpp-rpc'
import { createCar } from '../car.ts'
import { CAR_MODELS } from '../car-models.ts'
import { systemClock } from '../clock.ts'
import { isObject, type JsonObject, listOf, objectOf } from '../json.ts'
import { eventually, manualClock } from '../testing/manual-clock.ts'
import { startStation } from './station.ts'

interface Peer {
  readonly handle: (method: string, handler: (call: { readonly params?: unknown }) => object) => void
  readonly call: (method: string, params: object) => Promise<unknown>
  readonly on: (event: string, listener: (detail: unknown) => void) => void
}

/** A server that is not ours and checks every message of both sides against the schemas. */
async function strictPeer(t: TestContext, version: 'ocpp1.6' | 'ocpp2.0.1', answers: Readonly<Record<string, () => object>>) {
  const server = new RPCServer({ protocols: [version], strictMode: true })
  const seen: { readonly action: string; readonly params: JsonObject }[] = []
  const violations: unknown[] = []
  let peer: Peer | undefined
  server.auth((accept, reject, { identity, password }) =>
    identity === 'STRICT-1' && String(password) === 'pass word' ? accept({}) : reject(401, 'no'),
  )
  server.on('client', (client: Peer) => {
    peer = client
    client.on('strictValidationFailure', (detail) => violations.push(detail))
    client.on('badMessage', (detail) => violations.push(detail))
    for (const [action, answer] of Object.entries(answers))
      client.handle(action, ({ params }) => {
        seen.push({ action, params: objectOf(params) })
        return answer()
      })
  })
  const http = await server.listen(0, '127.0.0.1')
  const address = http.address()
  const port = isObject(address) ? address.port : 0
  const clock = manualClock()
  const station = startStation({
    url: `ws://127.0.0.1:${port}`,
    identity: 'STRICT-1',
    password: 'pass word',
    version,
    template: version === 'ocpp1.6' ? 'ac-22-dual' : 'dc-50-ccs-chademo',
    clock,
    network: systemClock,
    random: seeded(2),
    autoStart: false,
  })
  t.after(async () => {
    station.close()
    await server.close({ force: true })
  })
  await eventually('statuses', () => seen.filter(({ action }) => action === 'StatusNotification').length >= 2)
  const send = async (action: string, params: object): Promise<JsonObject> => {
    const answer = await peer!.call(action, params)
    assert.ok(isObject(answer), action)
    return answer
  }
  return { clock, station, seen, violations, send }
}

const now = '2026-03-02T07:00:00.000Z'
const car = () => createCar(CAR_MODELS[1]!, { socPercent: 40 })

test('1.6 with a strict peer: every message and every answer fits its schema', async (t) => {
  const accepted = () => ({ idTagInfo: { status: 'Accepted' } })
  const { clock, station, seen, violations, send } = await strictPeer(t, 'ocpp1.6', {
    BootNotification: () => ({ status: 'Accepted', currentTime: now, interval: 600 }),
    StatusNotification: () => ({}),
    Heartbeat: () => ({ currentTime: now }),
    Authorize: accepted,
    StartTransaction: () => ({ transactionId: 77, ...accepted() }),
    MeterValues: () => ({}),
    StopTransaction: accepted,
  })
  const schedule = (limit: number) => ({ chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit }] })
  const profile = { chargingProfileId: 1, stackLevel: 0, chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind: 'Absolute' }
  const commands: readonly (readonly [string, object, object])[] = [
    ['ReserveNow', { connectorId: 2, expiryDate: '2026-03-02T08:00:00Z', idTag: 'B', reservationId: 3 }, { status: 'Accepted' }],
    ['CancelReservation', { reservationId: 3 }, { status: 'Accepted' }],
    ['ChangeAvailability', { connectorId: 2, type: 'Inoperative' }, { status: 'Accepted' }],
    ['UnlockConnector', { connectorId: 2 }, { status: 'Unlocked' }],
    ['TriggerMessage', { requestedMessage: 'Heartbeat' }, { status: 'Accepted' }],
    ['TriggerMessage', { requestedMessage: 'MeterValues', connectorId: 1 }, { status: 'Accepted' }],
    ['ChangeConfiguration', { key: 'MeterValueSampleInterval', value: '30' }, { status: 'Accepted' }],
    ['ChangeConfiguration', { key: 'MeterValueSampleInterval', value: 'often' }, { status: 'Rejected' }],
    ['ChangeConfiguration', { key: 'Nonsense', value: '1' }, { status: 'NotSupported' }],
    [
      'SetChargingProfile',
      { connectorId: 0, csChargingProfiles: { ...profile, chargingSchedule: schedule(9_000) } },
      { status: 'Accepted' },
    ],
    ['DataTransfer', { vendorId: 'somebody' }, { status: 'UnknownVendorId' }],
    ['RemoteStopTransaction', { transactionId: 1 }, { status: 'Rejected' }],
    ['ClearChargingProfile', { id: 99 }, { status: 'Unknown' }],
  ]
  for (const [action, params, answer] of commands) assert.deepEqual(await send(action, params), answer, action)
  const configuration = await send('GetConfiguration', { key: ['MeterValueSampleInterval', 'Nonsense'] })
  assert.deepEqual(configuration, {
    configurationKey: [{ key: 'MeterValueSampleInterval', readonly: false, value: '30' }],
    unknownKey: ['Nonsense'],
  })
  assert.ok(listOf((await send('GetConfiguration', {})).configurationKey).length > 10)
  station.plug(1, car())
  assert.equal((await station.card(1, 'CARD')).text, 'Authorised: press start.')
  assert.ok(station.start(1).ok)
  await clock.advance(65_000)
  assert.equal((await send('GetCompositeSchedule', { connectorId: 1, duration: 60, chargingRateUnit: 'A' })).status, 'Accepted')
  assert.deepEqual(await send('RemoteStopTransaction', { transactionId: 77 }), { status: 'Accepted' })
  station.fault(2, 'a code of its own')
  await clock.advance(10_000)
  assert.deepEqual(violations, [])
  const sent = new Set(seen.map(({ action }) => action))
  assert.deepEqual([...sent].sort(), [
    'Authorize',
    'BootNotification',
    'Heartbeat',
    'MeterValues',
    'StartTransaction',
    'StatusNotification',
    'StopTransaction',
  ])
})

test('2.0.1 with a strict peer: every message and every answer fits its schema', async (t) => {
  const { clock, station, seen, violations, send } = await strictPeer(t, 'ocpp2.0.1', {
    BootNotification: () => ({ status: 'Accepted', currentTime: now, interval: 600 }),
    StatusNotification: () => ({}),
    Heartbeat: () => ({ currentTime: now }),
    Authorize: () => ({ idTokenInfo: { status: 'Accepted' } }),
    TransactionEvent: () => ({}),
    MeterValues: () => ({}),
    NotifyEvent: () => ({}),
    NotifyReport: () => ({}),
    ReportChargingProfiles: () => ({}),
  })
  const idToken = { idToken: 'B', type: 'KeyCode' }
  const meterInterval = { component: { name: 'SampledDataCtrlr' }, variable: { name: 'TxUpdatedInterval' } }
  const profile = {
    id: 4,
    stackLevel: 0,
    chargingProfilePurpose: 'TxDefaultProfile',
    chargingProfileKind: 'Absolute',
    chargingSchedule: [{ id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 30_000 }] }],
  }
  const commands: readonly (readonly [string, object, string])[] = [
    ['ReserveNow', { id: 3, expiryDateTime: '2026-03-02T08:00:00Z', idToken, evseId: 2 }, 'Accepted'],
    ['CancelReservation', { reservationId: 3 }, 'Accepted'],
    ['ChangeAvailability', { evse: { id: 2 }, operationalStatus: 'Inoperative' }, 'Accepted'],
    ['UnlockConnector', { evseId: 2, connectorId: 1 }, 'Unlocked'],
    ['UnlockConnector', { evseId: 9, connectorId: 1 }, 'UnknownConnector'],
    ['TriggerMessage', { requestedMessage: 'Heartbeat' }, 'Accepted'],
    ['TriggerMessage', { requestedMessage: 'MeterValues', evse: { id: 1 } }, 'Accepted'],
    ['TriggerMessage', { requestedMessage: 'LogStatusNotification' }, 'NotImplemented'],
    ['SetChargingProfile', { evseId: 1, chargingProfile: profile }, 'Accepted'],
    ['GetChargingProfiles', { requestId: 8, evseId: 1, chargingProfile: {} }, 'Accepted'],
    ['GetChargingProfiles', { requestId: 9, evseId: 2, chargingProfile: {} }, 'NoProfiles'],
    ['GetBaseReport', { requestId: 7, reportBase: 'FullInventory' }, 'Accepted'],
    ['DataTransfer', { vendorId: 'somebody' }, 'UnknownVendorId'],
    ['RequestStopTransaction', { transactionId: 'none' }, 'Rejected'],
    ['GetCompositeSchedule', { evseId: 0, duration: 60 }, 'Accepted'],
    ['RequestStartTransaction', { evseId: 1, remoteStartId: 12, idToken }, 'Accepted'],
  ]
  for (const [action, params, status] of commands) assert.equal((await send(action, params)).status, status, action)
  assert.deepEqual(await send('SetVariables', { setVariableData: [{ ...meterInterval, attributeValue: '30' }] }), {
    setVariableResult: [{ ...meterInterval, attributeStatus: 'Accepted' }],
  })
  assert.deepEqual(
    await send('GetVariables', { getVariableData: [meterInterval, { component: { name: 'Nobody' }, variable: { name: 'X' } }] }),
    {
      getVariableResult: [
        { ...meterInterval, attributeStatus: 'Accepted', attributeValue: '30' },
        { component: { name: 'Nobody' }, variable: { name: 'X' }, attributeStatus: 'UnknownComponent' },
      ],
    },
  )
  await clock.advance(1)
  station.plug(1, car())
  await clock.advance(65_000)
  const started = seen.find(({ action }) => action === 'TransactionEvent')?.params
  assert.deepEqual([started?.triggerReason, objectOf(started?.transactionInfo).remoteStartId], ['RemoteStart', 12])
  assert.equal((await send('Reset', { type: 'OnIdle' })).status, 'Scheduled')
  const transactionId = objectOf(started?.transactionInfo).transactionId
  assert.equal((await send('UnlockConnector', { evseId: 1, connectorId: 1 })).status, 'OngoingAuthorizedTransaction')
  assert.equal((await send('RequestStopTransaction', { transactionId })).status, 'Accepted')
  await clock.advance(12_000)
  assert.equal(objectOf(seen.findLast(({ action }) => action === 'TransactionEvent')?.params.transactionInfo).stoppedReason, 'Remote')
  assert.deepEqual(violations, [])
  const reports = seen.filter(({ action }) => action === 'NotifyReport').map(({ params }) => params.tbc)
  assert.deepEqual([reports.length > 1, reports.at(-1)], [true, false])
  assert.equal(seen.filter(({ action }) => action === 'ReportChargingProfiles').length, 1)
})
