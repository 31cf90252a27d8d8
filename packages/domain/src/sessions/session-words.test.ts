import assert from 'node:assert/strict'
import { test } from 'node:test'
import { percent, wattHours, watts } from '@voltway/units'
import type { TransactionReported } from './facts.ts'
import { foldSession } from './fold-session.ts'
import { ended, minute, sample, started, updated } from './testing/facts.ts'
import type { VehicleNeeds, VehicleSchedule } from './vehicle-words.ts'

test('whoever it was, their reservation and our remote start are what the first step that names them says', () => {
  const fold = foldSession([
    started(0, { transactionId: 't9' }),
    updated(1, { seqNo: 1, idToken: 'AB12', reservationNumber: 7, remoteStartNumber: 40 }),
    updated(2, { seqNo: 2, idToken: 'CD34', reservationNumber: 8, remoteStartNumber: 41 }),
  ])
  assert.deepEqual([fold.transactionId, fold.idToken, fold.reservationNumber, fold.remoteStartNumber], ['t9', 'AB12', 7, 40])
})

test('readings alone name their transaction where one of them does', () => {
  const readings = [sample(0, { transactionId: undefined }), sample(1, { transactionId: 't5' }), sample(2, { transactionId: 't6' })]
  assert.equal(foldSession(readings).transactionId, 't5')
  assert.equal(foldSession(readings.slice(0, 1)).transactionId, undefined)
})

const withoutEvse = ({ evse: _, ...step }: TransactionReported): TransactionReported => step
const withoutPlace = ({ connector: _, ...step }: TransactionReported): TransactionReported => withoutEvse(step)

test('the EVSE is the first that a step names, else the first that a reading names; zero names none', () => {
  const evseOf = (...facts: Parameters<typeof foldSession>[0]) => foldSession(facts).evse
  const atEvse = (minutes: number, evse: number) => updated(minutes, { evse, connector: undefined })
  assert.deepEqual(evseOf(withoutPlace(started(0)), atEvse(1, 0), atEvse(2, 2), sample(3, { evse: 3 })), { evse: 2, connector: undefined })
  const connectorOnly = withoutEvse(started(0, { connector: 2 }))
  assert.deepEqual(evseOf(connectorOnly, sample(1, { evse: 0 }), sample(3, { evse: 3 })), { evse: 3, connector: 2 })
  assert.deepEqual(evseOf(withoutPlace(started(0)), sample(3, { evse: 3, connector: 4 })), { evse: 3, connector: 4 })
  assert.equal(evseOf(withoutPlace(started(0)), sample(1, { evse: 0 })), undefined)
})

test('its state is the station’s last word until it ends', () => {
  const facts = [started(0, { chargingState: 'connected' }), updated(1, { seqNo: 1, chargingState: 'charging' }), updated(2, { seqNo: 2 })]
  assert.equal(foldSession(facts).chargingState, 'charging')
  assert.equal(foldSession([...facts, ended(3, { seqNo: 3 })]).chargingState, undefined)
})

test('a step that was kept while there was no link marks the session', () => {
  assert.deepEqual(foldSession([started(0), updated(1, { seqNo: 1, offline: true })]).marks, ['offline'])
  assert.deepEqual(foldSession([started(0), updated(1, { seqNo: 1 })]).marks, [])
})

test('samples that count from the session’s own zero are raised to its meter, and mark it', () => {
  const fold = foldSession([
    started(0, { registerWh: wattHours(912_000) }),
    sample(10, { importWh: wattHours(100) }),
    sample(20, { importWh: wattHours(900) }),
    ended(30, { registerWh: wattHours(913_000) }),
  ])
  assert.deepEqual([fold.importWh, fold.marks, fold.suspect], [1_000, ['samplesPerSession'], []])
})

const NEEDS: VehicleNeeds = {
  transfer: 'AC_three_phase',
  departure: minute(300),
  energy: wattHours(20_000),
  maxPower: watts(11_000),
  minPower: watts(4_140),
  soc: percent(40),
  capacity: wattHours(58_000),
}
const schedule = (power: number): VehicleSchedule => ({
  start: minute(5),
  end: undefined,
  periods: [{ startSeconds: 0, power: watts(power) }],
})
const said = (at: number, vehicle: NonNullable<TransactionReported['vehicle']>) =>
  updated(at, { naturalKey: `vehicle:${vehicle.word}:${at}`, vehicle })

test('a car’s last needs stand with when it said them and what it had been given by then; its last schedule stands beside', () => {
  const facts = [
    started(0, { registerWh: wattHours(1_000) }),
    said(1, { word: 'needs', needs: NEEDS }),
    said(2, { word: 'schedule', schedule: schedule(7_000) }),
    sample(10, { importWh: wattHours(2_500) }),
    said(12, { word: 'needs', needs: { ...NEEDS, energy: wattHours(9_000) } }),
    said(13, { word: 'schedule', schedule: schedule(6_000) }),
    sample(20, { importWh: wattHours(4_000) }),
  ]
  const first = foldSession(facts.slice(0, 3))
  assert.deepEqual(first.vehicleNeeds, { ...NEEDS, saidAt: minute(1), givenBefore: 0 })
  assert.deepEqual(first.vehicleSchedule, schedule(7_000))
  const last = foldSession(facts)
  assert.deepEqual(last.vehicleNeeds, { ...NEEDS, energy: 9_000, saidAt: minute(12), givenBefore: 1_500 })
  assert.deepEqual(last.vehicleSchedule, schedule(6_000))
  assert.equal(last.importWh, 3_000, 'and its words move no energy')
  const silent = foldSession(facts.filter((fact) => fact.kind === 'meter.sampled' || fact.vehicle === undefined))
  assert.deepEqual([silent.vehicleNeeds, silent.vehicleSchedule], [undefined, undefined])
})

test('of one step that was sent twice with other words the first that was heard counts', () => {
  const [first, second] = [
    started(0, { naturalKey: 'start', idToken: 'ZZ', receivedAt: minute(1) }),
    started(0, { naturalKey: 'start', idToken: 'AA', receivedAt: minute(2) }),
  ]
  for (const facts of [
    [first, second],
    [second, first],
  ])
    assert.equal(foldSession(facts).idToken, 'ZZ')
})

test('a car that only gave back was read, and is not held for want of readings', () => {
  const fold = foldSession([
    started(0, { chargingState: 'charging' }),
    sample(10, { exportWh: wattHours(0) }),
    sample(20, { exportWh: wattHours(900) }),
    ended(30, { seqNo: 9 }),
  ])
  assert.deepEqual([fold.state, fold.suspect, fold.exportWh], ['ended', [], 900])
})

test('readings without a power say nothing of when charging ended', () => {
  const facts = [
    started(0, { registerWh: wattHours(0) }),
    sample(10, { powerW: watts(7_000), importWh: wattHours(1_000) }),
    sample(11, { importWh: wattHours(1_100) }),
  ]
  assert.deepEqual([foldSession(facts).state, foldSession(facts).chargingEndedAt], ['charging', undefined])
})

test('numbers that came in another order than their steps happened leave only the gaps that are there', () => {
  const facts = [started(0, { seqNo: 0 }), updated(5, { seqNo: 10 }), updated(6, { seqNo: 2 }), updated(7, { seqNo: 1 })]
  assert.deepEqual(foldSession(facts).gaps, [{ from: 3, to: 9 }])
})

test('what was given and what was given back are read at each other’s moments', () => {
  const { points } = foldSession([
    started(0, { registerWh: wattHours(100) }),
    sample(10, { importWh: wattHours(1_100) }),
    sample(15, { exportWh: wattHours(40) }),
    sample(20, { importWh: wattHours(1_300) }),
    sample(30, { exportWh: wattHours(240) }),
  ])
  assert.deepEqual(
    points.map(({ at, importWh, exportWh }) => [(at - minute(0)) / 60_000, importWh, exportWh]),
    [
      [0, 0, 0],
      [10, 1_000, 0],
      [15, 1_100, 0],
      [20, 1_200, 66.667],
      [30, 1_200, 200],
    ],
  )
})
