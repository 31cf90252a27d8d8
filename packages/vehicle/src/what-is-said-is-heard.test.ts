import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, percent, seconds, volts, wattHours, watts } from '@voltway/units'
import { untypedCodecOf } from '@voltway/wire/iso15118'
import { din70121Evcc, din70121Secc } from './din70121/index.ts'
import { iso2Evcc, iso2Secc } from './iso2/index.ts'
import { evccOptions, seccOptions } from './iso20/testing/ends.ts'
import type { CarTold } from './machine/car-words.ts'
import type { ChargingNeeds, EnergyTransfer, MeterReading, ScheduleOffer, SupplyLimits } from './machine/charging.ts'
import type { EvccOptions, SeccOptions } from './machine/options.ts'
import type { StationTold, StationWord } from './machine/station-words.ts'
import { type CableOptions, runCable } from './testing/cable.ts'
import { dcCable } from './testing/dc-peers.ts'
import { AC_LIMITS, EVCC_OPTIONS, SECC_OPTIONS, willingCar, willingStation } from './testing/peers.ts'

const DC_SAID: ChargingNeeds = {
  transfer: 'DC',
  control: 'scheduled',
  departure: seconds(5_400),
  energy: wattHours(21_000),
  capacity: wattHours(64_000),
  soc: percent(37),
  targetSoc: percent(80),
  charge: { maxCurrent: amperes(145), maxVoltage: volts(430), maxPower: watts(52_000) },
  maxSchedules: 2,
  prices: ['levels'],
}
const AC_SAID: ChargingNeeds = {
  transfer: 'AC_three_phase',
  control: 'scheduled',
  departure: seconds(7_000),
  energy: wattHours(12_500),
  charge: { maxVoltage: volts(410), maxCurrent: amperes(15), minCurrent: amperes(7) },
  maxSchedules: 2,
  prices: ['levels'],
}
const DC_SUPPLY: SupplyLimits = {
  charge: { maxCurrent: amperes(190), maxPower: watts(61_000), maxVoltage: volts(510), minCurrent: amperes(3), minVoltage: volts(160) },
  peakCurrentRipple: amperes(4),
  currentRegulationTolerance: amperes(5),
  energyToBeDelivered: wattHours(45_000),
}
const METER: MeterReading = {
  meterId: 'M-17',
  energy: wattHours(123_456),
  signature: Uint8Array.of(9, 8, 7),
  status: 3,
  at: seconds(1_790_000_000),
}
const SCHEDULE: ScheduleOffer = {
  id: 3,
  power: [
    { start: seconds(0), duration: seconds(3_600), maxPower: watts(9_000) },
    { start: seconds(3_600), duration: seconds(82_800), maxPower: watts(11_000) },
  ],
  prices: {
    form: 'levels',
    id: 5,
    description: 'night',
    levels: 2,
    entries: [
      { start: seconds(0), duration: seconds(3_600), level: 2 },
      { start: seconds(3_600), duration: seconds(82_800), level: 1 },
    ],
  },
}

interface Said {
  readonly secc: SeccOptions
  readonly evcc: EvccOptions
}
/** One session of ten seconds: what each end was told. */
const told = ({ secc, evcc }: Said) => {
  const station = willingStation([SCHEDULE])
  const speaking: CableOptions['station'] = (one) =>
    one.told === 'closeContactor'
      ? [...station(one), [{ word: 'measured', voltage: volts(400), current: amperes(20), power: watts(8_000), meter: METER }, 2_000]]
      : station(one)
  const { log, ends } = runCable({
    secc,
    evcc,
    station: speaking,
    car: (one) =>
      one.told === 'sessionBegan'
        ? [
            {
              word: 'battery',
              soc: percent(37),
              targetVoltage: volts(400),
              targetCurrent: amperes(20),
              timeToFull: seconds(1_800),
              timeToBulk: seconds(900),
            },
          ]
        : willingCar(one),
    carSays: [[9_000, { word: 'stop' }]],
  })
  assert.deepEqual(ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } })
  const all = log.flatMap(({ from, output }) => (output.kind === 'tell' ? [{ from, told: output.told }] : []))
  return {
    station: all.flatMap(({ from, told }) => (from === 'secc' ? [told as StationTold] : [])),
    car: all.flatMap(({ from, told }) => (from === 'evcc' ? [told as CarTold] : [])),
  }
}
const first = <Told extends { readonly told: string }, Name extends Told['told']>(list: readonly Told[], name: Name) =>
  list.find((one): one is Extract<Told, { readonly told: Name }> => one.told === name)

const ISO2 = dcCable(iso2Secc, iso2Evcc)
const DIN = dcCable(din70121Secc, din70121Evcc)
const AC: Said = {
  secc: { ...SECC_OPTIONS, protocols: [iso2Secc], limits: AC_LIMITS },
  evcc: { ...EVCC_OPTIONS, protocols: [iso2Evcc], needs: AC_SAID },
}

test('a station hears what a car needs (ISO 15118-2, alternating current)', () => {
  const { station, car } = told(AC)
  assert.deepEqual(first(station, 'needs')?.needs, AC_SAID)
  assert.deepEqual(first(car, 'limits')?.limits, { charge: { maxCurrent: amperes(32) }, nominalVoltage: volts(230) })
  assert.deepEqual(first(car, 'offers')?.schedules, [SCHEDULE])
  assert.deepEqual(car.flatMap((one) => (one.told === 'measured' && one.meter ? [one.meter] : [])).at(0), METER)
})

test('a station hears what a car needs, and a car what a station can do (ISO 15118-2, direct current)', () => {
  const said = { secc: { ...ISO2.secc, limits: DC_SUPPLY }, evcc: { ...ISO2.evcc, needs: DC_SAID } }
  const { station, car } = told(said)
  assert.deepEqual(first(station, 'needs')?.needs, DC_SAID)
  assert.deepEqual(first(car, 'limits')?.limits, DC_SUPPLY)
  assert.deepEqual(first(car, 'offers')?.schedules, [SCHEDULE])
  assert.deepEqual(
    first(station, 'profileChosen')?.profile.entries.map(({ start, power }) => [start, power]),
    [
      [0, 9_000],
      [3_600, 11_000],
    ],
  )
  assert.deepEqual(car.flatMap((one) => (one.told === 'measured' && one.meter ? [one.meter] : [])).at(0), METER)
  const vehicle = first(station, 'vehicle')
  assert.deepEqual([vehicle?.soc, vehicle?.ready, vehicle?.error], [37, true, undefined])
})

test('a station hears what a car needs, and a car what a station can do (DIN 70121)', () => {
  const said = { secc: { ...DIN.secc, limits: DC_SUPPLY }, evcc: { ...DIN.evcc, needs: DC_SAID } }
  const { station, car } = told(said)
  assert.equal(first(car, 'sessionBegan')?.evseId, DIN.secc.evseId)
  // DIN 70121 has no time of departure, and does not say how many schedules a car takes.
  const { departure: _, ...needs } = DC_SAID
  assert.deepEqual(first(station, 'needs')?.needs, { ...needs, maxSchedules: 3 })
  assert.deepEqual(first(car, 'limits')?.limits, DC_SUPPLY)
  assert.deepEqual(
    first(car, 'offers')?.schedules.map(({ id, power }) => ({ id, power })),
    [{ id: 3, power: SCHEDULE.power }],
  )
  assert.deepEqual(
    first(station, 'profileChosen')?.profile.entries.map(({ start, power }) => [start, power]),
    [
      [0, 9_000],
      [3_600, 11_000],
    ],
  )
  assert.equal(first(station, 'vehicle')?.soc, 37)
})

const iso20 = (transfer: EnergyTransfer): Said => ({ secc: seccOptions([transfer]), evcc: evccOptions(transfer) })
const said = iso20('DC_BPT')
/** What ISO 15118-20 has to name even where it is nothing. */
const NO_LESS = { minPower: watts(0), minCurrent: amperes(0) }
const DC_NAMED = { ...said.secc.limits.charge, ...NO_LESS }
const DC_ASKED = { charge: { ...said.evcc.needs.charge, ...NO_LESS } }
const AC_NAMED = { charge: { maxPower: watts(22_000), minPower: watts(0) }, nominalFrequencyHz: 50 }
const NAMED: readonly (readonly [transfer: EnergyTransfer, needed: Partial<ChargingNeeds>, limits: SupplyLimits])[] = [
  ['AC_three_phase', {}, AC_NAMED],
  ['DC', DC_ASKED, { charge: DC_NAMED }],
  [
    'AC_BPT',
    { discharge: { maxPower: watts(7_000), minPower: watts(0) } },
    { ...AC_NAMED, discharge: { maxPower: watts(11_000), minPower: watts(0) } },
  ],
  [
    'DC_BPT',
    { ...DC_ASKED, discharge: { maxPower: watts(8_000), maxCurrent: amperes(20), ...NO_LESS } },
    { charge: DC_NAMED, discharge: { maxPower: watts(10_000), maxCurrent: amperes(25), ...NO_LESS } },
  ],
]
for (const [transfer, needed, limits] of NAMED)
  test(`a station hears what a car needs, and a car what a station can do and has measured (ISO 15118-20, ${transfer})`, () => {
    const ends = iso20(transfer)
    const { station, car } = told(ends)
    const { needs } = ends.evcc
    assert.deepEqual(first(station, 'needs')?.needs, { ...needs, minEnergy: wattHours(0), maxEnergy: needs.energy, ...needed })
    assert.deepEqual(first(car, 'limits')?.limits, limits)
    assert.deepEqual(
      first(car, 'offers')?.schedules.map(({ id, prices }) => ({ id, prices })),
      [{ id: 3, prices: SCHEDULE.prices }],
    )
    assert.deepEqual(car.flatMap((one) => (one.told === 'measured' && one.meter ? [one.meter] : [])).at(0), METER)
  })
const notices: readonly (readonly [sentence: string, cable: CableOptions, word: StationWord, within: number])[] = [
  ['a residual current', { ...AC, station: willingStation([SCHEDULE]), car: willingCar }, { word: 'residualCurrent', tripped: true }, 0],
  ['a wish to pause', { ...AC, station: willingStation([SCHEDULE]), car: willingCar }, { word: 'pause', within: seconds(7) }, 7],
  ['a wish to stop', ISO2, { word: 'stop', within: seconds(5) }, 5],
]
for (const [sentence, cable, word, within] of notices)
  test(`a car hears of ${sentence} at the station and stops in order (ISO 15118-2)`, () => {
    const { log, ends } = runCable({ ...cable, stationSays: [[8_000, word]] })
    assert.deepEqual(ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } })
    const heard = log.flatMap(({ output }) => (output.kind === 'tell' && output.told.told === 'notified' ? [output.told] : []))
    assert.deepEqual(heard, [{ told: 'notified', wish: 'stop', within }])
    assert.ok((log.at(-1)?.at ?? 0) < 10_000)
  })

test('a wish to negotiate anew is heard where the protocol has that, and is no wish where it has not', () => {
  const heard = (cable: CableOptions) =>
    runCable({
      ...cable,
      stationSays: [[8_000, { word: 'renegotiate', within: seconds(4) }]],
      carSays: [[14_000, { word: 'stop' }]],
    }).log.flatMap(({ output }) => (output.kind === 'tell' && output.told.told === 'notified' ? [output.told.wish] : []))
  assert.deepEqual([heard(ISO2), heard(DIN)], [['renegotiate'], []])
})

test('alternating current flows on while a schedule is negotiated anew: no contactor is moved for it', () => {
  const cable: CableOptions = { ...AC, station: willingStation([SCHEDULE]), car: willingCar }
  const { log, ends } = runCable({
    ...cable,
    carSays: [
      [8_000, { word: 'renegotiate' }],
      [14_000, { word: 'stop' }],
    ],
  })
  assert.deepEqual(ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } })
  const moved = log.flatMap(({ from, output }) =>
    output.kind === 'tell' && /Contactor$/.test(output.told.told) ? [`${from} ${output.told.told}`] : [],
  )
  assert.deepEqual(moved.toSorted(), ['evcc closeContactor', 'evcc openContactor', 'secc closeContactor', 'secc openContactor'])
  assert.equal(log.filter(({ output }) => output.kind === 'tell' && output.told.told === 'offers').length, 2)
})

for (const at of [100, 900, 1_700, 2_500, 3_300, 4_100])
  test(`a car of ISO 15118-20 that wants to stop after ${at} ms parts in order, whatever was going on`, () => {
    for (const transfer of ['AC_three_phase', 'DC'] as const) {
      const { ends } = runCable({
        ...iso20(transfer),
        station: willingStation([SCHEDULE]),
        car: willingCar,
        carSays: [[at, { word: 'stop' }]],
      })
      assert.deepEqual(ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } }, transfer)
    }
  })

test('words that ISO 15118-2 has no message for change nothing in its session', () => {
  const cable: CableOptions = { ...AC, station: willingStation([SCHEDULE]), car: willingCar, carSays: [[12_000, { word: 'stop' }]] }
  const sent = (options: CableOptions) => runCable(options).log.filter(({ output }) => output.kind === 'send')
  const words: CableOptions['stationSays'] = [
    [8_000, { word: 'setPoint', power: watts(1_000) }],
    [8_500, { word: 'exitStandby', within: seconds(1) }],
    [9_000, { word: 'positioned', step: 'connect', done: true }],
  ]
  assert.deepEqual(sent({ ...cable, stationSays: words }), sent(cable))
})

interface Demanded {
  readonly Body?: { readonly CurrentDemandRes?: { readonly DC_EVSEStatus: object } }
}
/** A response of the charge loop that says this code, and is OK all the same. */
const saying = (code: 'EVSE_EmergencyShutdown' | 'EVSE_Malfunction', payload: Uint8Array): Uint8Array => {
  for (const schema of ['din70121', 'iso15118-2'] as const) {
    const codec = untypedCodecOf(schema).document
    const read = codec.decode(payload)
    const message: Demanded = read.ok ? (read.value.value as Demanded) : {}
    const response = message.Body?.CurrentDemandRes
    if (response === undefined) continue
    const DC_EVSEStatus = { ...response.DC_EVSEStatus, EVSEStatusCode: code }
    const value = { ...message, Body: { CurrentDemandRes: { ...response, DC_EVSEStatus } } }
    const written = codec.encode({ root: 'V2G_Message', value })
    if (written.ok) return written.value
  }
  return payload
}
for (const [protocol, cable] of Object.entries({ 'ISO 15118-2': ISO2, 'DIN 70121': DIN }))
  for (const code of ['EVSE_EmergencyShutdown', 'EVSE_Malfunction'] as const)
    test(`a station that says ${code} in the charge loop is parted from at once (${protocol})`, () => {
      const { log, ends } = runCable({ ...cable, onWire: (payload, from) => (from === 'secc' ? saying(code, payload) : payload) })
      assert.deepEqual(ends.evcc, { code: 'refused', responseCode: 'OK', detail: code })
      assert.equal(ends.secc?.code, 'linkLost')
      const opened = log.find(({ from, output }) => from === 'evcc' && output.kind === 'tell' && output.told.told === 'openContactor')
      assert.ok(opened?.output.kind === 'tell' && opened.output.told.told === 'openContactor' && opened.output.told.urgent)
    })
