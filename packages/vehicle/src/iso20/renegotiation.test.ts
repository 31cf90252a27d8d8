import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds, watts } from '@voltway/units'
import { PAYLOAD_TYPE } from '@voltway/wire/v2gtp'
import type { EnergyTransfer, ScheduleOffer } from '../machine/charging.ts'
import { EVCC_POLICY } from '../machine/policy.ts'
import { type Course, connect, type Ends, sequenceOf } from './testing/cable.ts'
import { evccOptions, OFFER, obligingCar, obligingEnds, obligingStation, seccOptions } from './testing/ends.ts'

const AC = 'AC_three_phase'
const finished = { code: 'finished' }
const both = ({ seccEnd, evccEnd }: Course) => [seccEnd, evccEnd]
const payloadTypes = (course: Course, message: string) => [
  ...new Set(course.frames.filter((frame) => frame.message?.body.message === message).map(({ payloadType }) => payloadType)),
]
/** From the first message of this name on. */
const from = (course: Course, message: string): readonly string[] => {
  const names = sequenceOf(course)
  return names.slice(names.indexOf(message))
}

/** A station whose second schedule is lower than its first. */
const twoSchedules = () => {
  let asked = 0
  const oblige = obligingStation()
  const lower: ScheduleOffer = { id: 2, power: [{ start: seconds(0), duration: seconds(3_600), maxPower: watts(4_000) }] }
  return (told: Parameters<typeof oblige>[0]) =>
    told.told === 'scheduleWanted' ? ([[300, { word: 'offer', schedules: [asked++ === 0 ? OFFER : lower] }]] as const) : oblige(told)
}

for (const who of ['station', 'car'] as const)
  test(`the ${who} wants a new schedule: it is negotiated beside the charge loop, which goes on`, () => {
    const wish: Partial<Ends> =
      who === 'station'
        ? { stationScript: [[5_000, { word: 'renegotiate', within: seconds(60) }]] }
        : { carScript: [[5_000, { word: 'renegotiate' }]] }
    const course = connect(obligingEnds(AC, { station: twoSchedules(), ...wish }))
    assert.deepEqual(both(course), [finished, finished])
    assert.deepEqual(payloadTypes(course, 'ScheduleExchange'), [PAYLOAD_TYPE.commonMessages, PAYLOAD_TYPE.scheduleRenegotiation])
    const profiles = course.station.filter((told) => told.told === 'profileChosen').map(({ profile }) => profile.scheduleId)
    assert.deepEqual(profiles, [1, 2])
    assert.equal(course.station.filter((told) => told.told === 'closeContactor').length, 1)
    const loops = course.frames
      .filter(({ message }) => message?.body.message === 'AC_ChargeLoop' && message.body.kind === 'request')
      .map(({ at }) => at)
    const gaps = loops.slice(1).map((at, index) => at - (loops[index] ?? at))
    assert.ok(Math.max(...gaps) < 500, `${Math.max(...gaps)} ms between two requests of the loop`)
    assert.equal(course.car.filter((told) => told.told === 'notified').length, who === 'station' ? 1 : 0)
  })

for (const transfer of [AC, 'DC'] as const)
  test(`${transfer}: a car that leaves the loop for a new schedule comes back without opening the contactor`, () => {
    const options = evccOptions(transfer, { policy: { ...EVCC_POLICY, renegotiation: 'inLine' } })
    const course = connect(
      obligingEnds(transfer, { evcc: options, station: twoSchedules(), carScript: [[7_000, { word: 'renegotiate' }]] }),
    )
    assert.deepEqual(both(course), [finished, finished])
    const loop = transfer === AC ? 'AC_ChargeLoop' : 'DC_ChargeLoop'
    assert.deepEqual(from(course, loop).slice(0, 5), [loop, 'PowerDelivery', 'ScheduleExchange', 'PowerDelivery', loop])
    assert.deepEqual(payloadTypes(course, 'ScheduleExchange'), [PAYLOAD_TYPE.commonMessages])
    assert.equal(course.station.filter((told) => told.told === 'closeContactor').length, 1)
    assert.equal(course.station.filter((told) => told.told === 'renegotiating').length, 1)
  })

test('services are negotiated again: delivery stops, the car comes to ServiceDiscovery and charges on by another service', () => {
  let told = 0
  const ends = obligingEnds('DC', {
    secc: seccOptions(['DC', 'DC_BPT']),
    stationScript: [[8_000, { word: 'renegotiate', within: seconds(10), of: 'services' }]],
    car: (one) => (one.told === 'closeContactor' && told++ > 0 ? [[3_000, { word: 'stop' }]] : obligingCar(one)),
  })
  const course = connect(ends)
  assert.deepEqual(both(course), [finished, finished])
  assert.deepEqual(from(course, 'DC_ChargeLoop').slice(0, 8), [
    'DC_ChargeLoop',
    'PowerDelivery',
    'DC_WeldingDetection',
    'SessionStop',
    'ServiceDiscovery',
    'ServiceDetail',
    'ServiceSelection',
    'DC_ChargeParameterDiscovery',
  ])
  assert.equal(course.station.filter((one) => one.told === 'closeContactor').length, 2)
})

for (const [asks, end] of [
  ['stop', 'finished'],
  ['pause', 'paused'],
] as const)
  test(`a station that asks the car to ${asks} is followed, in order`, () => {
    const course = connect(obligingEnds('DC', { car: obligingCar, stationScript: [[8_000, { word: asks, within: seconds(30) }]] }))
    assert.deepEqual(both(course), [{ code: end }, { code: end }])
    assert.deepEqual(from(course, 'DC_ChargeLoop'), ['DC_ChargeLoop', 'PowerDelivery', 'DC_WeldingDetection', 'SessionStop'])
  })

for (const [transfer, back] of [
  [AC, ['PowerDelivery', 'AC_ChargeLoop', 'PowerDelivery', 'AC_ChargeLoop', 'PowerDelivery', 'SessionStop']],
  [
    'DC',
    [
      'PowerDelivery',
      'DC_ChargeLoop',
      'DC_PreCharge',
      'PowerDelivery',
      'DC_ChargeLoop',
      'PowerDelivery',
      'DC_WeldingDetection',
      'SessionStop',
    ],
  ],
] as const)
  test(`${transfer}: in standby the contactor is open and nothing flows; the station wakes the car, which goes on`, () => {
    const course = connect(
      obligingEnds(transfer, {
        car: obligingCar,
        carScript: [
          [7_000, { word: 'standby' }],
          [20_000, { word: 'stop' }],
        ],
        stationScript: [[12_000, { word: 'exitStandby', within: seconds(5) }]],
      }),
    )
    assert.deepEqual(both(course), [finished, finished])
    const loop = transfer === AC ? 'AC_ChargeLoop' : 'DC_ChargeLoop'
    assert.deepEqual(from(course, loop), [loop, ...back])
    const contactor = course.station
      .filter((told) => told.told === 'closeContactor' || told.told === 'openContactor')
      .map((told) => told.told)
    assert.deepEqual(contactor, ['closeContactor', 'openContactor', 'closeContactor', 'openContactor'])
    const asleep = course.station.filter((told) => told.told === 'target' && told.at > 7_500 && told.at < 12_000)
    assert.ok(
      asleep.every((told) => told.told === 'target' && (told.power ?? 0) === 0),
      'it drew in standby',
    )
  })

test('a station without standby warns the car, which charges on', () => {
  const freedoms = { controls: ['scheduled'], prices: [], renegotiateServices: true, standby: false, pause: true } as const
  const course = connect(obligingEnds(AC, { secc: seccOptions([AC], { freedoms }), carScript: [[5_000, { word: 'standby' }]] }))
  assert.deepEqual(both(course), [finished, finished])
  const asked = course.frames.filter(({ message }) => {
    const body = message?.body
    return body?.kind === 'request' && body.message === 'PowerDelivery' && body.value.ChargeProgress === 'Standby'
  })
  assert.equal(asked.length, 1)
  assert.equal(course.station.filter((told) => told.told === 'closeContactor').length, 1)
})

const pausedAt = (transfer: EnergyTransfer) => {
  const course = connect(
    obligingEnds(transfer, { car: (told) => (told.told === 'closeContactor' ? [[2_000, { word: 'pause' }]] : obligingCar(told)) }),
  )
  assert.deepEqual(both(course), [{ code: 'paused' }, { code: 'paused' }])
  const station = course.station.find((told) => told.told === 'paused')?.session
  const car = course.car.find((told) => told.told === 'paused')?.session
  assert.ok(station && car)
  return { station, car }
}

for (const transfer of [AC, 'DC_BPT'] as const)
  test(`${transfer}: a paused session goes on at ChargeParameterDiscovery, with the same service`, () => {
    const { station, car } = pausedAt(transfer)
    const course = connect(
      obligingEnds(transfer, { secc: seccOptions([transfer], { paused: [station] }), evcc: evccOptions(transfer, { resume: car }) }),
    )
    assert.deepEqual(both(course), [finished, finished])
    const kind = transfer === AC ? 'AC' : 'DC'
    assert.deepEqual(sequenceOf(course).slice(0, 3), ['SessionSetup', `${kind}_ChargeParameterDiscovery`, 'ScheduleExchange'])
    assert.equal(course.station.find((told) => told.told === 'sessionBegan')?.resumed, true)
    assert.equal(course.car.find((told) => told.told === 'serviceChosen')?.transfer, transfer)
  })

test('a paused session is not opened by another car: the number alone begins a new session', () => {
  const { station, car } = pausedAt(AC)
  const thief = seccOptions([AC], {
    paused: [station],
    sessionId: new Uint8Array(8).fill(9),
    link: { security: 'tls1.3', peerCertificate: Uint8Array.of(4) },
  })
  const course = connect(obligingEnds(AC, { secc: thief, evcc: evccOptions(AC, { resume: car }) }))
  assert.deepEqual(both(course), [finished, finished])
  assert.equal(course.station.find((told) => told.told === 'sessionBegan')?.resumed, false)
  assert.ok(sequenceOf(course).includes('Authorization'))
  assert.deepEqual(course.frames.at(-1)?.message?.sessionId, new Uint8Array(8).fill(9))
})

test('a station that wants a pause before there is a schedule says so with it; the session can be gone on with', () => {
  const course = connect(obligingEnds('DC', { stationScript: [[700, { word: 'pause', within: seconds(5) }]] }))
  assert.deepEqual(both(course), [{ code: 'paused' }, { code: 'paused' }])
  assert.deepEqual(sequenceOf(course).slice(-3), ['DC_ChargeParameterDiscovery', 'ScheduleExchange', 'SessionStop'])
  assert.ok(course.station.every(({ told }) => told !== 'closeContactor'))
})
