import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds, watts } from '@voltway/units'
import type { CarTold } from '../machine/car-words.ts'
import type { PausedSession, StationTold } from '../machine/station-words.ts'
import { type CableLog, runCable } from '../testing/cable.ts'
import { dcCable } from '../testing/dc-peers.ts'
import { EVCC_OPTIONS, OFFER, SECC_OPTIONS, willingCar, willingStation } from '../testing/peers.ts'
import { sentIn, toldIn } from '../testing/read-log.ts'
import { iso2Evcc, iso2Secc } from './index.ts'

const AC = {
  secc: { ...SECC_OPTIONS, protocols: [iso2Secc] },
  evcc: { ...EVCC_OPTIONS, protocols: [iso2Evcc] },
  station: willingStation(),
  car: willingCar,
}
const DC = dcCable(iso2Secc, iso2Evcc)
const FINISHED = { secc: { code: 'finished' }, evcc: { code: 'finished' } }
const requestsIn = (log: readonly CableLog[]) => {
  const names = sentIn(log, 'iso15118-2')
    .filter((name) => name.endsWith('Req'))
    .map((name) => name.slice(0, -3))
  return names.slice(names.indexOf('ChargeParameterDiscovery'))
}
const told = (log: readonly CableLog[], from: 'secc' | 'evcc'): readonly (StationTold | CarTold)[] =>
  log.flatMap((one) => (one.from === from && one.output.kind === 'tell' ? [one.output.told] : []))

test('a station renegotiates: the car takes a new schedule without the contactor opening, and charges on', () => {
  const { log, ends } = runCable({
    ...AC,
    stationSays: [
      [15_000, { word: 'offer', schedules: [{ ...OFFER, id: 2, power: [{ start: seconds(0), maxPower: watts(4_000) }] }] }],
      [15_001, { word: 'renegotiate', within: seconds(10) }],
    ],
    carSays: [[40_000, { word: 'stop' }]],
  })
  assert.deepEqual(ends, FINISHED)
  assert.deepEqual(requestsIn(log), [
    ...['ChargeParameterDiscovery', 'PowerDelivery', 'ChargingStatus', 'PowerDelivery', 'ChargeParameterDiscovery', 'PowerDelivery'],
    ...['ChargingStatus', 'PowerDelivery', 'SessionStop'],
  ])
  const profiles = told(log, 'secc').flatMap((one) => (one.told === 'profileChosen' ? [one.profile.scheduleId] : []))
  assert.deepEqual(profiles, [1, 2])
  const opened = log.findIndex(({ output }) => output.kind === 'tell' && output.told.told === 'openContactor')
  const renegotiated = log.findIndex(({ output }) => output.kind === 'tell' && output.told.told === 'renegotiating')
  assert.ok(renegotiated > 0 && opened > renegotiated)
})

test('a car renegotiates direct current: the cable is checked and pre-charged again', () => {
  const { log, ends } = runCable({
    ...DC,
    carSays: [
      [15_000, { word: 'renegotiate' }],
      [40_000, { word: 'stop' }],
    ],
  })
  assert.deepEqual(ends, FINISHED)
  const way = ['ChargeParameterDiscovery', 'CableCheck', 'PreCharge', 'PowerDelivery', 'CurrentDemand', 'PowerDelivery']
  assert.deepEqual(requestsIn(log), [...way, ...way, 'WeldingDetection', 'SessionStop'])
  const contactor = toldIn(log, 'secc').filter((one) => one === 'closeContactor' || one === 'openContactor' || one === 'cableCheckWanted')
  assert.deepEqual(contactor, [
    'cableCheckWanted',
    'closeContactor',
    'openContactor',
    'cableCheckWanted',
    'closeContactor',
    'openContactor',
  ])
})

test('a session that is paused goes on with the same id, payment and transfer', () => {
  const first = runCable({ ...AC, carSays: [[15_000, { word: 'pause' }]] })
  assert.deepEqual(first.ends, { secc: { code: 'paused' }, evcc: { code: 'paused' } })
  const kept = (from: 'secc' | 'evcc'): PausedSession =>
    told(first.log, from).flatMap((one) => (one.told === 'paused' ? [one.session] : []))[0] ?? assert.fail('nothing kept')
  assert.deepEqual(kept('secc'), kept('evcc'))
  const resumed = runCable({
    ...AC,
    secc: { ...AC.secc, sessionId: new Uint8Array(8).fill(7), paused: [kept('secc')], payments: ['contract', 'eim'] },
    evcc: { ...AC.evcc, resume: kept('evcc') },
    carSays: [[15_000, { word: 'stop' }]],
  })
  assert.deepEqual(resumed.ends, FINISHED)
  for (const from of ['secc', 'evcc'] as const) {
    const [began] = told(resumed.log, from)
    assert.ok(began?.told === 'sessionBegan' && began.resumed, from)
    assert.deepEqual(began.sessionId, SECC_OPTIONS.sessionId)
  }
})

test('a car that names a session nobody knows gets a new one', () => {
  const forgotten = { protocol: 'iso15118-2', sessionId: new Uint8Array(8).fill(5), payment: 'eim', transfer: 'AC_three_phase' } as const
  const { log, ends } = runCable({ ...AC, evcc: { ...AC.evcc, resume: forgotten }, carSays: [[15_000, { word: 'stop' }]] })
  assert.deepEqual(ends, FINISHED)
  const [began] = told(log, 'evcc')
  assert.ok(began?.told === 'sessionBegan' && !began.resumed)
})

test('a session that goes on may not change from alternating to direct current', () => {
  const kept: PausedSession = { protocol: 'iso15118-2', sessionId: new Uint8Array(8).fill(5), payment: 'eim', transfer: 'AC_single_phase' }
  const { ends } = runCable({ ...AC, secc: { ...AC.secc, paused: [kept] }, evcc: { ...AC.evcc, resume: kept } })
  assert.equal(ends.secc?.responseCode, 'FAILED_WrongEnergyTransferMode')
})

test('services beside charging are offered, asked about, chosen and told to both environments', () => {
  const internet = {
    id: 3,
    name: 'Internet',
    category: 'internet',
    free: true,
    parameterSets: [
      {
        id: 1,
        parameters: [
          { name: 'Protocol', value: 'http' },
          { name: 'Port', value: 80 },
        ],
      },
    ],
  } as const
  const { log, ends } = runCable({
    ...AC,
    secc: { ...AC.secc, valueAdded: [internet] },
    evcc: { ...AC.evcc, valueAdded: [{ id: 3, parameterSet: 1 }, { id: 99 }] },
    carSays: [[15_000, { word: 'stop' }]],
  })
  assert.deepEqual(ends, FINISHED)
  assert.ok(sentIn(log, 'iso15118-2').includes('ServiceDetailReq'))
  const selected = told(log, 'secc').flatMap((one) => (one.told === 'servicesSelected' ? [one.valueAdded] : []))
  assert.deepEqual(selected, [[{ id: 3, parameterSet: 1 }]])
  const services = told(log, 'evcc').flatMap((one) => (one.told === 'services' ? [one.valueAdded] : []))
  assert.deepEqual(services.at(-1), [internet])
})

test('a price signal reaches the car as it was offered', () => {
  const priced = {
    ...OFFER,
    prices: {
      form: 'levels',
      id: 4,
      description: 'night',
      levels: 2,
      entries: [
        {
          start: seconds(0),
          duration: seconds(3_600),
          level: 2,
          costs: [{ startPower: watts(0), costs: [{ kind: 'carbonDioxideEmission', value: 400 }] }],
        },
        { start: seconds(3_600), level: 1 },
      ],
    },
  } as const
  const { log } = runCable({ ...AC, station: willingStation([priced]), carSays: [[15_000, { word: 'stop' }]] })
  const offers = told(log, 'evcc').flatMap((one) => (one.told === 'offers' ? [one.schedules] : []))
  assert.deepEqual(offers, [[priced]])
})

test('a profile above the schedule is refused', () => {
  const { ends } = runCable({
    ...AC,
    car: (word) =>
      word.told === 'offers'
        ? [{ word: 'choose', profile: { scheduleId: 1, entries: [{ start: seconds(0), power: watts(12_000) }] } }]
        : [],
  })
  assert.equal(ends.secc?.responseCode, 'FAILED_ChargingProfileInvalid')
})

test('a schedule that was not offered is refused', () => {
  const { ends } = runCable({
    ...AC,
    car: (word) => (word.told === 'offers' ? [{ word: 'choose', profile: { scheduleId: 9, entries: [] } }] : []),
  })
  assert.equal(ends.secc?.responseCode, 'FAILED_TariffSelectionInvalid')
})

test('a person who may not charge keeps the car waiting, without end, until somebody may', () => {
  const { log, ends, at } = runCable({
    ...AC,
    station: (word) => (word.told === 'authoriseWanted' ? [{ word: 'refused', reason: 'unknown' }] : willingStation()(word)),
    stationSays: [[300_000, { word: 'authorised' }]],
    carSays: [[320_000, { word: 'stop' }]],
  })
  assert.deepEqual(ends, FINISHED)
  assert.ok(at >= 320_000)
  const waiting = told(log, 'evcc').filter((one) => one.told === 'authorising' && one.waitingForCustomer)
  assert.ok(waiting.length > 1_000, `${waiting.length}`)
})
