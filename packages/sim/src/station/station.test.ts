import assert from 'node:assert/strict'
import { test } from 'node:test'
import { milliseconds, seeded } from '@voltway/units'
import { createCar } from '../car.ts'
import { CAR_MODELS } from '../car-models.ts'
import { systemClock } from '../clock.ts'
import { listOf, objectOf } from '../json.ts'
import { eventually, manualClock } from '../testing/manual-clock.ts'
import { hatchback, setUp } from '../testing/station-world.ts'
import { startTestServer } from '../testing/test-server.ts'
import { type StationOptions, startStation } from './station.ts'

const VERSIONS = ['ocpp1.6', 'ocpp2.0.1'] as const

test('1.6: boots, authorises, starts, meters, stops and unlocks as Figures 8 to 12 show', async (t) => {
  const { csms, clock, station, statuses, connector } = await setUp(t)
  assert.equal(csms.calls[0]?.action, 'BootNotification')
  station.plug(1, hatchback())
  const card = await station.card(1, 'BOOK42')
  assert.ok(card.ok, card.text)
  await clock.advance(3 * 60_000)
  assert.equal(connector().state, 'charging')
  assert.equal(connector().locked, true)
  assert.equal(station.unplug(1).ok, false)
  const meterValues = csms.of('MeterValues')
  assert.equal(meterValues.length, 2)
  const samples = listOf(listOf(meterValues[1]?.meterValue)[0]?.sampledValue)
  assert.equal(samples.find(({ measurand }) => measurand === 'Power.Active.Import')?.value, '11000')
  station.stop(1)
  await clock.advance(100)
  assert.equal(connector().state, 'rampingDown')
  await clock.advance(2_000)
  assert.deepEqual([connector().state, connector().locked, connector().voltageV > 0], ['locked', true, true])
  await clock.advance(1_000)
  assert.deepEqual([connector().state, connector().locked, connector().voltageV], ['finishing', false, 0])
  assert.ok(station.unplug(1).ok)
  await clock.advance(10)
  assert.deepEqual(statuses(), ['Available', 'Preparing', 'Charging', 'Finishing', 'Finishing', 'Available'])
  // Power down (the stop's register), voltage still there, unlocked: in this order, in the only words that 1.6 has.
  const ending = csms.calls.flatMap(({ action, payload }) =>
    action === 'StopTransaction' ? ['stopped'] : payload.status === 'Finishing' ? [payload.info] : [],
  )
  assert.deepEqual(ending, ['stopped', 'Locked: voltage present', 'Unlocked'])
  const [start, stop] = [csms.of('StartTransaction')[0], csms.of('StopTransaction')[0]]
  assert.deepEqual([start?.idTag, start?.meterStart, start?.timestamp], ['BOOK42', 0, '2026-03-02T07:00:00.000Z'])
  assert.equal(stop?.reason, 'Local')
  assert.equal(stop?.meterStop, station.registers(1).importWh)
  assert.ok(Number(stop?.meterStop) > 500)
  const order = csms.calls.map(({ action }) => action).filter((action) => action !== 'StatusNotification')
  assert.deepEqual(order, ['BootNotification', 'Authorize', 'StartTransaction', 'MeterValues', 'MeterValues', 'StopTransaction'])
})

test('2.0.1: one transaction with gapless sequence numbers and its states', async (t) => {
  const { csms, clock, station } = await setUp(t, { version: 'ocpp2.0.1', template: 'dc-150-ccs-dual' })
  assert.ok((await station.card(1, '04A1B2C3D4E5F6')).ok)
  station.plug(1, hatchback())
  await clock.advance(130_000)
  await station.card(1, '04A1B2C3D4E5F6')
  await clock.advance(10_000)
  const events = csms.of('TransactionEvent')
  assert.deepEqual(
    events.map(({ seqNo }) => seqNo),
    events.map((_, index) => index),
  )
  assert.deepEqual(
    events.map(({ eventType, triggerReason, transactionInfo }) => [eventType, triggerReason, objectOf(transactionInfo).chargingState]),
    [
      ['Started', 'CablePluggedIn', 'EVConnected'],
      ['Updated', 'ChargingStateChanged', 'Charging'],
      ['Updated', 'MeterValuePeriodic', 'Charging'],
      ['Updated', 'MeterValuePeriodic', 'Charging'],
      ['Updated', 'StopAuthorized', 'Charging'],
      ['Ended', 'StopAuthorized', 'EVConnected'],
    ],
  )
  // The plug is locked with the transaction and freed after its end: power down, voltage gone, unlocked.
  const steps = csms.calls.flatMap(({ action, payload }) =>
    action === 'TransactionEvent'
      ? [String(payload.eventType)]
      : action === 'NotifyEvent'
        ? listOf(payload.eventData).map(({ component, actualValue }) => `${objectOf(component).name} ${actualValue}`)
        : [],
  )
  const lock = 'ConnectorPlugRetentionLock'
  assert.deepEqual(steps, ['Started', `${lock} true`, ...Array(4).fill('Updated'), 'Ended', `${lock} false`])
  const ended = listOf(events.at(-1)?.meterValue)[0]
  const power = listOf(ended?.sampledValue).find(({ measurand }) => measurand === 'Power.Active.Import')
  assert.equal(power?.value, 0)
  assert.deepEqual(objectOf(events[0]?.idToken), { idToken: '04A1B2C3D4E5F6', type: 'ISO14443' })
  assert.equal(objectOf(events.at(-1)?.transactionInfo).stoppedReason, 'Local')
})

for (const [code, reason] of [
  ['GroundFailure', 'GroundFault'],
  ['OverCurrentFailure', 'OvercurrentFault'],
  ['HighTemperature', 'Other'],
])
  test(`2.0.1: ${code} ends the transaction as ${reason}, and the plug is free`, async (t) => {
    const { csms, clock, station } = await setUp(t, { version: 'ocpp2.0.1', template: 'dc-150-ccs-dual' })
    station.plug(1, hatchback())
    await station.card(1, '04A1B2C3D4E5F6')
    await clock.advance(70_000)
    station.fault(1, String(code))
    await clock.advance(10)
    const [last] = csms.of('TransactionEvent').slice(-1)
    assert.deepEqual([last?.eventType, last?.triggerReason], ['Ended', 'AbnormalCondition'])
    assert.equal(objectOf(last?.transactionInfo).stoppedReason, reason)
    assert.equal(csms.of('StatusNotification').at(-1)?.connectorStatus, 'Faulted')
    assert.ok(station.unplug(1).ok)
  })

for (const version of VERSIONS)
  test(`${version}: facts of a transaction wait through an outage and arrive in order, with their own times`, async (t) => {
    const { csms, clock, station } = await setUp(t, { version })
    station.plug(1, hatchback())
    await station.card(1, 'KNOWN')
    await clock.advance(90_000)
    csms.open = false
    csms.cutAll()
    await eventually('the link is down', () => station.linkState() !== 'connected')
    const before = csms.calls.length
    await clock.advance(180_000)
    station.stop(1)
    await clock.advance(10_000)
    assert.equal(station.view().connectors[0]?.state, 'finishing')
    csms.open = true
    await eventually('the backlog is gone', () => station.linkState() === 'connected' && station.backlog() === 0)
    const replayed = csms.calls.slice(before).filter(({ action }) => /MeterValues|Transaction/.test(action))
    const times = replayed.map(({ payload }) => String(payload.timestamp ?? listOf(payload.meterValue)[0]?.timestamp))
    assert.deepEqual(times, times.toSorted())
    assert.ok(times.length >= 4)
    assert.match(String(replayed.at(-1)?.action), /Transaction/)
  })

test('1.6: a transaction that began offline gets its number before its stop is sent', async (t) => {
  const { csms, clock, station } = await setUp(t, { settings: { offlineUnknown: 'true' } })
  station.setLink(false)
  station.plug(1, hatchback())
  assert.ok((await station.card(1, 'ANYBODY')).ok)
  await clock.advance(120_000)
  station.stop(1)
  await clock.advance(10_000)
  assert.equal(csms.of('StartTransaction').length, 0)
  station.setLink(true)
  const stop = await eventually('the stop arrives', () => csms.of('StopTransaction')[0])
  assert.ok(Number(stop.transactionId) > 0)
  assert.ok(csms.of('MeterValues').every(({ transactionId }) => transactionId === stop.transactionId))
})

for (const version of VERSIONS)
  test(`${version}: a reservation holds the EVSE for its token or group, and expires`, async (t) => {
    const group = (idToken: unknown) => (idToken === 'CARD-OF-ANN' ? 'ANN' : undefined)
    const authorize = ({ action, payload }: { action: string; payload: { readonly [key: string]: unknown } }) => {
      if (action !== 'Authorize') return undefined
      const parent = group(payload.idTag ?? objectOf(payload.idToken).idToken)
      return {
        idTagInfo: { status: 'Accepted', ...(parent && { parentIdTag: parent }) },
        idTokenInfo: { status: 'Accepted', ...(parent && { groupIdToken: { idToken: parent, type: 'Central' } }) },
      }
    }
    const { csms, clock, station, statuses, connector } = await setUp(t, { version }, { answer: authorize })
    const payload = (number: number) =>
      version === 'ocpp1.6'
        ? { connectorId: 1, expiryDate: '2026-03-02T07:30:00Z', idTag: 'BOOK42', parentIdTag: 'ANN', reservationId: number }
        : {
            id: number,
            evseId: 1,
            expiryDateTime: '2026-03-02T07:30:00Z',
            idToken: { idToken: 'BOOK42', type: 'KeyCode' },
            groupIdToken: { idToken: 'ANN', type: 'Central' },
          }
    assert.deepEqual(await csms.send('CS-1', 'ReserveNow', payload(5)), { status: 'Accepted' })
    assert.deepEqual(await csms.send('CS-1', 'ReserveNow', payload(6)), { status: 'Occupied' })
    assert.equal(connector().state, 'reserved')
    station.plug(1, hatchback())
    assert.equal((await station.card(1, 'STRANGER')).text, 'Reserved for somebody else.')
    assert.ok((await station.card(1, 'CARD-OF-ANN')).ok)
    await clock.advance(5_000)
    const start = version === 'ocpp1.6' ? csms.of('StartTransaction')[0] : csms.of('TransactionEvent')[0]
    assert.equal(start?.reservationId, 5)
    assert.equal(connector().reservation, undefined)
    station.stop(1)
    await clock.advance(5_000)
    station.unplug(1)
    assert.deepEqual(await csms.send('CS-1', 'ReserveNow', payload(7)), { status: 'Accepted' })
    await clock.advance(31 * 60_000)
    assert.deepEqual(statuses().slice(-2), ['Reserved', 'Available'])
    assert.deepEqual(await csms.send('CS-1', 'CancelReservation', { reservationId: 7 }), { status: 'Rejected' })
  })

test('two cars on one 22 kW station share it, and the one that stays takes what the other leaves', async (t) => {
  const { clock, station } = await setUp(t)
  const saloon = () => createCar(CAR_MODELS[3]!, { socPercent: 20 })
  for (const evse of [1, 2]) {
    station.plug(evse, saloon())
    await station.card(evse, `CARD-${evse}`)
    await clock.advance(5_000)
  }
  const power = () => station.view().connectors.map(({ transaction }) => transaction?.powerW)
  assert.deepEqual(power(), [11_000, 11_000])
  station.stop(1)
  await clock.advance(5_000)
  assert.deepEqual(power(), [undefined, 22_000])
})

for (const [version, set, clear] of [
  [
    'ocpp1.6',
    {
      connectorId: 1,
      csChargingProfiles: {
        chargingProfileId: 9,
        stackLevel: 1,
        chargingProfilePurpose: 'TxProfile',
        chargingProfileKind: 'Relative',
        chargingSchedule: {
          chargingRateUnit: 'A',
          chargingSchedulePeriod: [
            { startPeriod: 0, limit: 10 },
            { startPeriod: 120, limit: 0 },
          ],
        },
      },
    },
    { id: 9 },
  ],
  [
    'ocpp2.0.1',
    {
      evseId: 1,
      chargingProfile: {
        id: 9,
        stackLevel: 1,
        chargingProfilePurpose: 'TxProfile',
        chargingProfileKind: 'Relative',
        chargingSchedule: [
          {
            id: 1,
            chargingRateUnit: 'W',
            chargingSchedulePeriod: [
              { startPeriod: 0, limit: 6_900 },
              { startPeriod: 120, limit: 0 },
            ],
          },
        ],
      },
    },
    { chargingProfileId: 9 },
  ],
] as const)
  test(`${version}: the car obeys a charging profile, and the composite schedule says so`, async (t) => {
    const { csms, clock, station, connector } = await setUp(t, { version })
    assert.deepEqual((await csms.send('CS-1', 'SetChargingProfile', set)).status, 'Rejected') // there is no transaction yet
    station.plug(1, hatchback())
    await station.card(1, 'CARD')
    await clock.advance(5_000)
    assert.equal(connector().transaction?.powerW, 11_000)
    assert.equal((await csms.send('CS-1', 'SetChargingProfile', set)).status, 'Accepted')
    await clock.advance(1_000)
    assert.equal(connector().transaction?.powerW, 6_900)
    const target = version === 'ocpp1.6' ? { connectorId: 1 } : { evseId: 1 }
    const composite = await csms.send('CS-1', 'GetCompositeSchedule', { ...target, duration: 600, chargingRateUnit: 'W' })
    const schedule = objectOf(composite.chargingSchedule ?? composite.schedule)
    assert.deepEqual(
      listOf(schedule.chargingSchedulePeriod).map(({ limit }) => limit),
      [6_900, 0],
    )
    await clock.advance(120_000)
    assert.equal(connector().state, 'suspendedEVSE')
    assert.equal((await csms.send('CS-1', 'ClearChargingProfile', clear)).status, 'Accepted')
    await clock.advance(1_000)
    assert.deepEqual([connector().state, connector().transaction?.powerW], ['charging', 11_000])
  })

test('a remote start with a profile, then a remote stop, ends with reason Remote', async (t) => {
  const { csms, clock, station, connector } = await setUp(t)
  station.plug(1, hatchback())
  assert.deepEqual(await csms.send('CS-1', 'RemoteStartTransaction', { idTag: 'APP' }), { status: 'Accepted' })
  await clock.advance(5_000)
  assert.equal(connector().state, 'charging')
  const id = Number(connector().transaction?.id)
  assert.deepEqual(await csms.send('CS-1', 'RemoteStopTransaction', { transactionId: id + 1 }), { status: 'Rejected' })
  assert.deepEqual(await csms.send('CS-1', 'RemoteStopTransaction', { transactionId: id }), { status: 'Accepted' })
  await clock.advance(5_000)
  assert.equal(csms.of('StopTransaction')[0]?.reason, 'Remote')
})

test('a refused card, a fault, a torn plug and a scheduled unavailability each end where they should', async (t) => {
  const blocked = {
    answer: ({ action, payload }: { action: string; payload: { readonly [key: string]: unknown } }) =>
      action === 'Authorize' && payload.idTag === 'BLOCKED' ? { idTagInfo: { status: 'Blocked' } } : undefined,
  }
  const { csms, clock, station, statuses, connector } = await setUp(t, {}, blocked)
  station.plug(1, hatchback())
  assert.deepEqual(await station.card(1, 'BLOCKED'), { ok: false, text: 'Not authorised: Blocked.' })
  await station.card(1, 'GOOD')
  await clock.advance(5_000)
  assert.deepEqual(await csms.send('CS-1', 'ChangeAvailability', { connectorId: 1, type: 'Inoperative' }), { status: 'Scheduled' })
  station.unplug(1, true)
  await clock.advance(10)
  assert.equal(csms.of('StopTransaction')[0]?.reason, 'EVDisconnected')
  assert.equal(connector().state, 'unavailable')
  await csms.send('CS-1', 'ChangeAvailability', { connectorId: 0, type: 'Operative' })
  station.fault(1, 'GroundFailure')
  await clock.advance(10)
  assert.deepEqual([statuses().at(-1), csms.of('StatusNotification').at(-1)?.errorCode], ['Faulted', 'GroundFailure'])
  station.clear(1)
  await clock.advance(10)
  assert.equal(statuses().at(-1), 'Available')
})

test('a soft reset stops what runs, goes away and boots again', async (t) => {
  const { csms, clock, station } = await setUp(t)
  station.plug(1, hatchback())
  await station.card(1, 'CARD')
  await clock.advance(5_000)
  assert.deepEqual(await csms.send('CS-1', 'Reset', { type: 'Soft' }), { status: 'Accepted' })
  await clock.advance(20_000)
  await eventually('it boots again', () => csms.of('BootNotification').length === 2)
  assert.equal(csms.of('StopTransaction')[0]?.reason, 'SoftReset')
})

test('a pending boot is asked again after the interval, and nothing else is sent meanwhile', async (t) => {
  let boots = 0
  const answer = ({ action }: { action: string }) =>
    action === 'BootNotification' && ++boots < 3 ? { status: 'Pending', currentTime: '2026-03-02T07:00:00Z', interval: 30 } : undefined
  const csms = await startTestServer({ port: 0, answer })
  const clock = manualClock()
  const station = startStation({
    url: csms.url,
    identity: 'CS-1',
    version: 'ocpp1.6',
    template: 'ac-home-7',
    clock,
    network: systemClock,
    random: seeded(1),
  })
  t.after(async () => {
    station.close()
    await csms.close()
  })
  await eventually('the first boot', () => boots === 1)
  await clock.advance(30_000)
  assert.deepEqual([boots, csms.calls.length], [2, 2])
  await clock.advance(30_000)
  await eventually('statuses', () => csms.of('StatusNotification').length === 2)
})

test('a V2G car that gives back is metered as export', async (t) => {
  const { csms, clock, station, connector } = await setUp(t, { template: 'dc-50-ccs-chademo' })
  station.plug(1, hatchback(80))
  await station.card(1, 'CARD')
  await clock.advance(10_000)
  assert.ok(station.giveBack(1, 10_000).ok)
  const { importWh } = station.registers(1)
  await clock.advance(3_600_000)
  assert.deepEqual(station.registers(1), { importWh, exportWh: 10_000 })
  assert.equal(connector().transaction?.powerW, -10_000)
  const samples = listOf(listOf(csms.of('MeterValues').at(-1)?.meterValue)[0]?.sampledValue)
  assert.equal(samples.find(({ measurand }) => measurand === 'Power.Active.Export')?.value, '10000')
})
test('a line without pongs is torn and comes back', async (t) => {
  let links = 0
  const quiet: StationOptions['connect'] = (_target, events) => {
    links += 1
    setImmediate(events.opened)
    return { send: () => {}, ping: () => {}, close: () => {}, cut: () => events.closed('cut') }
  }
  const station = startStation({
    url: 'ws://nowhere',
    identity: 'CS-1',
    version: 'ocpp1.6',
    template: 'ac-home-7',
    clock: manualClock(),
    network: { ...systemClock, after: (duration, callback) => systemClock.after(milliseconds(duration / 1000), callback) },
    random: seeded(1),
    connect: quiet,
  })
  t.after(station.close)
  await eventually('the third link', () => links >= 3)
})
