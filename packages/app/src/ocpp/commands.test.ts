import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type ChargingStationId, epochMs, type Milliseconds } from '@voltway/units'
import type { CommandOutcome, JsonObject, StationIntent } from './station-gateway.ts'
import { minutes, NOON, type OcppWorld, openOcppWorld } from './testing/ocpp-world.ts'
import { resultOf, type TestStation } from './testing/test-station.ts'

let world: OcppWorld
let id: ChargingStationId
let station: TestStation
let second: { readonly id: ChargingStationId; readonly station: TestStation }
before(async () => {
  world = await openOcppWorld()
  id = await world.addStation('commanded')
  station = await world.booted('commanded')
  const id2 = await world.addStation('commanded-2')
  second = { id: id2, station: await world.connect('commanded-2', { protocol: 'ocpp2.0.1' }) }
  await second.station.call('BootNotification', { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } })
})
after(() => world.close())

const target = (stationId = id) => ({ tenantId: world.place.tenantId, stationId })
const call = (action: string, payload: JsonObject, timeoutMs?: number) =>
  world.ocpp.gateway.call(target(), action, payload, { requestedBy: 'user:1', ...(timeoutMs !== undefined && { timeoutMs }) })
const lastCommand = async () =>
  (
    await world.rows(
      'select action, payload, requested_by, state, answer, error from voltway.station_command order by requested_at desc, id desc limit 1',
    )
  )[0]

test('the station’s own answer reaches whoever asked, and is kept beside both frames', async () => {
  const asked = call('GetConfiguration', { key: ['HeartbeatInterval'] })
  const heard = await station.nextCall()
  assert.deepEqual([heard.action, heard.payload], ['GetConfiguration', { key: ['HeartbeatInterval'] }])
  const response = { configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '300' }] }
  station.answer(heard.id, response)
  assert.deepEqual(await asked, { outcome: 'answered', response })
  assert.deepEqual(await lastCommand(), {
    action: 'GetConfiguration',
    payload: { key: ['HeartbeatInterval'] },
    requested_by: 'user:1',
    state: 'answered',
    answer: response,
    error: null,
  })
  const [frame] = await world.rows("select action, outcome, direction from voltway.ocpp_message where direction = 'O'")
  assert.deepEqual(frame, { action: 'GetConfiguration', outcome: 'result', direction: 'O' })
  assert.equal((await world.rows("select from voltway.outbox where type = 'command.ended'")).length, 1)
})

test('a CALLERROR of the station reaches whoever asked', async () => {
  const asked = call('Reset', { type: 'Soft' })
  const { id: messageId } = await station.nextCall()
  station.sendRaw(JSON.stringify([4, messageId, 'OccurenceConstraintViolation', 'not now', {}]))
  assert.deepEqual(await asked, { outcome: 'error', code: 'OccurenceConstraintViolation', description: 'not now' })
})

test('a command to a frozen station expires, and frees the way for the next; the late answer is ignored', async () => {
  // Time enough to reach the station even on a busy machine: what expires unsent is another matter.
  const slow = call('Reset', { type: 'Hard' }, 4_000)
  const first = await station.nextCall()
  // Only now: of two commands at once the database says which one is first.
  const next = call('Reset', { type: 'Soft' }, 30_000)
  assert.equal((await slow).outcome, 'expired')
  const then = await station.nextCall()
  station.answer(first.id, { status: 'Accepted' })
  station.answer(then.id, { status: 'Rejected' })
  assert.deepEqual(await next, { outcome: 'answered', response: { status: 'Rejected' } })
})

test('commands and CALLs of the station cross without waiting for each other', async () => {
  const asked = call('Reset', { type: 'Soft' })
  const { id: messageId } = await station.nextCall()
  resultOf(await station.call('Heartbeat', {}))
  resultOf(await station.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available' }))
  station.answer(messageId, { status: 'Accepted' })
  assert.equal((await asked).outcome, 'answered')
})

test('one CALL is in flight at a time', async () => {
  const all = [1, 2, 3].map(() => call('Reset', { type: 'Soft' }))
  for (let count = 0; count < 3; count++) {
    const { id: messageId } = await station.nextCall()
    resultOf(await station.call('Heartbeat', {}))
    station.answer(messageId, { status: 'Accepted' })
  }
  assert.deepEqual(
    (await Promise.all(all)).map(({ outcome }) => outcome),
    ['answered', 'answered', 'answered'],
  )
})

const invalid: readonly (readonly [sentence: string, action: string, payload: JsonObject, path: string])[] = [
  ['an action of the other version', 'RequestStartTransaction', {}, ''],
  ['an action that is the station’s to call', 'BootNotification', {}, ''],
  ['a missing field', 'Reset', {}, '/type'],
  ['a word that is not in the list', 'Reset', { type: 'Medium' }, '/type'],
  ['a field too many', 'Reset', { type: 'Soft', force: true }, '/force'],
  ['a value longer than 500 characters', 'ChangeConfiguration', { key: 'k', value: 'v'.repeat(501) }, '/value'],
]
for (const [sentence, action, payload, path] of invalid) {
  test(`${sentence} is not sent, and said so`, async () => {
    const outcome: CommandOutcome = await call(action, payload)
    assert.ok(outcome.outcome === 'invalid' && outcome.issues[0]?.path === path, JSON.stringify(outcome))
  })
}

test('a station that is not connected, and one of another tenant, is offline at once', async () => {
  const away = await world.addStation('away')
  const options = { requestedBy: 'user:1' }
  assert.deepEqual(await world.ocpp.gateway.call(target(away), 'Reset', { type: 'Soft' }, options), { outcome: 'offline' })
  const foreign = { tenantId: world.place.siteId as string as typeof world.place.tenantId, stationId: id }
  assert.deepEqual(await world.ocpp.gateway.call(foreign, 'Reset', { type: 'Soft' }, options), { outcome: 'offline' })
})

/** OCPP 1.6 has no words for it. */
const PRICES = { levels: 2, entries: [{ startSeconds: 0, durationSeconds: 1_800, level: 2 }] }
const profile = {
  profileNumber: 7,
  startsAt: NOON,
  periods: [
    { startSeconds: 0, limitW: 11_000 },
    { startSeconds: 1_800, limitW: 6_933.39 },
  ],
  phases: 3,
  voltageV: 230,
} as const
const intents: readonly (readonly [intent: StationIntent, v16: object, v2: object])[] = [
  [
    { kind: 'remoteStart', evse: 1, idToken: 'CODE1234', groupIdToken: 'G1', remoteStartNumber: 5 },
    { connectorId: 1, idTag: 'CODE1234' },
    { evseId: 1, remoteStartId: 5, idToken: { idToken: 'CODE1234', type: 'Central' }, groupIdToken: { idToken: 'G1', type: 'Central' } },
  ],
  [{ kind: 'remoteStop', transactionId: '12' }, { transactionId: 12 }, { transactionId: '12' }],
  [
    { kind: 'reserve', reservationNumber: 3, evse: 2, expiresAt: epochMs(NOON + minutes(15)), idToken: 'CODE1234' },
    { connectorId: 2, expiryDate: '2026-06-15T12:15:00.000Z', idTag: 'CODE1234', reservationId: 3 },
    { id: 3, evseId: 2, expiryDateTime: '2026-06-15T12:15:00.000Z', idToken: { idToken: 'CODE1234', type: 'Central' } },
  ],
  [{ kind: 'cancelReservation', reservationNumber: 3 }, { reservationId: 3 }, { reservationId: 3 }],
  [
    { kind: 'setChargingProfile', evse: 1, transactionId: '12', purpose: 'transaction', ...profile, prices: PRICES },
    {
      connectorId: 1,
      csChargingProfiles: {
        chargingProfileId: 7,
        transactionId: 12,
        stackLevel: 1,
        chargingProfilePurpose: 'TxProfile',
        chargingProfileKind: 'Absolute',
        chargingSchedule: {
          startSchedule: '2026-06-15T12:00:00.000Z',
          chargingRateUnit: 'W',
          chargingSchedulePeriod: [
            { startPeriod: 0, limit: 11_000 },
            { startPeriod: 1_800, limit: 6_933.3 },
          ],
        },
      },
    },
    {
      evseId: 1,
      chargingProfile: {
        id: 7,
        transactionId: '12',
        stackLevel: 1,
        chargingProfilePurpose: 'TxProfile',
        chargingProfileKind: 'Absolute',
        chargingSchedule: [
          {
            id: 7,
            startSchedule: '2026-06-15T12:00:00.000Z',
            chargingRateUnit: 'W',
            chargingSchedulePeriod: [
              { startPeriod: 0, limit: 11_000 },
              { startPeriod: 1_800, limit: 6_933.3 },
            ],
            salesTariff: {
              id: 7,
              numEPriceLevels: 2,
              salesTariffEntry: [{ relativeTimeInterval: { start: 0, duration: 1_800 }, ePriceLevel: 2 }],
            },
          },
        ],
      },
    },
  ],
  [{ kind: 'clearChargingProfile', profileNumber: 7 }, { id: 7 }, { chargingProfileId: 7 }],
  [
    { kind: 'changeAvailability', evse: 0, operative: false },
    { connectorId: 0, type: 'Inoperative' },
    { operationalStatus: 'Inoperative' },
  ],
  [{ kind: 'reset', hard: true }, { type: 'Hard' }, { type: 'Immediate' }],
  [
    { kind: 'trigger', message: 'status', evse: 2 },
    { requestedMessage: 'StatusNotification', connectorId: 2 },
    { requestedMessage: 'StatusNotification', evse: { id: 2, connectorId: 1 } },
  ],
]
for (const [intent, v16, v2] of intents) {
  test(`${intent.kind} goes out in the words of each version, and Accepted comes back`, async () => {
    for (const [stationId, peer, payload] of [
      [id, station, v16],
      [second.id, second.station, v2],
    ] as const) {
      const asked = world.ocpp.gateway.perform(target(stationId), intent, 'job')
      const heard = await peer.nextCall()
      assert.deepEqual(heard.payload, payload)
      peer.answer(heard.id, { status: 'Accepted' })
      assert.deepEqual(await asked, { accepted: true })
    }
  })
}
test('an unlocked connector is said in its own word, and a refusal keeps the station’s word', async () => {
  for (const [status, outcome] of [
    ['Unlocked', { accepted: true }],
    ['UnlockFailed', { accepted: false, reason: 'UnlockFailed' }],
  ] as const) {
    const asked = world.ocpp.gateway.perform(target(), { kind: 'unlock', evse: 1, connector: 1 }, 'job')
    station.answer((await station.nextCall()).id, { status })
    assert.deepEqual(await asked, outcome)
  }
})
test('a transaction that the station has no number for is not asked to stop', async () =>
  assert.equal(
    (await world.ocpp.gateway.perform(target(), { kind: 'remoteStop', transactionId: '-1@1781524800000' }, 'job')).accepted,
    false,
  ))

test('tokens in commands are kept masked', async () => {
  const rows = await world.rows<{ text: string }>(
    'select payload::text as text from voltway.station_command union all select request from voltway.ocpp_message',
  )
  assert.equal(rows.filter(({ text }) => text.includes('CODE1234')).length, 0)
})

test('after its boot a station is asked for silent statuses and for what it can do, and its limits hold from then on', async () => {
  const asking = await openOcppWorld({ settle: { ask: true, settle: 1 as Milliseconds } })
  try {
    const stationId = await asking.addStation('curious')
    const peer = await asking.connect('curious')
    await peer.call('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' })
    for (const connectorId of [1, 2]) {
      const trigger = await peer.nextCall()
      assert.deepEqual([trigger.action, trigger.payload.connectorId], ['TriggerMessage', connectorId])
      peer.answer(trigger.id, { status: 'Accepted' })
    }
    const configuration = await peer.nextCall()
    const value = (key: string, text: string) => ({ key, readonly: true, value: text })
    const configurationKey = [
      value('ChargeProfileMaxStackLevel', '0'),
      value('ChargingScheduleAllowedChargingRateUnit', 'Current'),
      value('SupportedFeatureProfiles', 'Core,SmartCharging'),
    ]
    peer.answer(configuration.id, { configurationKey })
    await asking.eventually(`select from voltway.charging_station where id = '${stationId}' and capabilities <> '{}'`)
    const [row] = await asking.rows(`select capabilities from voltway.charging_station where id = '${stationId}'`)
    assert.deepEqual(row, { capabilities: { maxStackLevel: 0, rateUnits: ['A'], reservations: false, smartCharging: true } })
    const asked = asking.ocpp.gateway.perform(
      { tenantId: asking.place.tenantId, stationId },
      { kind: 'setChargingProfile', evse: 1, purpose: 'evseDefault', ...profile },
      'job',
    )
    const heard = await peer.nextCall()
    const sent = heard.payload.csChargingProfiles as {
      stackLevel: number
      chargingSchedule: { chargingRateUnit: string; chargingSchedulePeriod: { limit: number }[] }
    }
    assert.deepEqual(
      [sent.stackLevel, sent.chargingSchedule.chargingRateUnit, sent.chargingSchedule.chargingSchedulePeriod[0]?.limit],
      [0, 'A', 15.9],
    )
    peer.answer(heard.id, { status: 'Accepted' })
    await asked
  } finally {
    await asking.close()
  }
})

test('every CALL is counted by action, direction and outcome; an action that nobody knows is no label', async () => {
  const asked = call('GetConfiguration', {})
  const heard = await station.nextCall()
  station.answer(heard.id, { configurationKey: [] })
  await asked
  await station.call('Heartbeat', {}, 'beat-1')
  await station.call('made"up\\n', {})
  // One after the other: what came before is counted when this is answered.
  await station.call('Heartbeat', {}, 'beat-2')
  const text = world.metricsText()
  for (const [action, direction, outcome] of [
    ['GetConfiguration', 'out', 'result'],
    ['Heartbeat', 'in', 'result'],
    ['other', 'in', 'error'],
  ])
    assert.match(text, new RegExp(`voltway_ocpp_calls_total\\{action="${action}",direction="${direction}",outcome="${outcome}"\\} [1-9]`))
  assert.ok(!text.includes('made'))
  assert.ok(!text.includes('commanded'), 'no station is a label')
})
