import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, volts } from '@voltway/units'
import { din70121Evcc, din70121Secc } from '../din70121/index.ts'
import type { EndReason } from '../machine/end-reason.ts'
import type { StationTold } from '../machine/station-words.ts'
import { WAITING_TIMERS } from '../machine/waiting.ts'
import { type CableOptions, runCable } from '../testing/cable.ts'
import { dcCable } from '../testing/dc-peers.ts'
import { OFFER, willingStation } from '../testing/peers.ts'
import { iso2Evcc, iso2Secc } from './index.ts'

const ISO2 = dcCable(iso2Secc, iso2Evcc)
const DIN = dcCable(din70121Secc, din70121Evcc)
const silentTo = (...names: readonly StationTold['told'][]) => ({
  station: (told: StationTold) => (names.includes(told.told) ? [] : willingStation()(told)),
})

const cases: readonly (readonly [sentence: string, options: CableOptions, end: EndReason, atSeconds: number])[] = [
  [
    'a response that is lost',
    { ...ISO2, onWire: (payload, from, index) => (from === 'secc' && index === 7 ? undefined : payload) },
    { code: 'timeout', timer: 'V2G_EVCC_Msg_Timeout' },
    2,
  ],
  [
    'an authorisation that does not come (DIN)',
    { ...DIN, ...silentTo('authoriseWanted') },
    { code: 'timeout', timer: 'V2G_EVCC_Ongoing_Timeout' },
    60,
  ],
  [
    'an authorisation that does not come',
    { ...ISO2, ...silentTo('authoriseWanted') },
    { code: 'timeout', timer: 'V2G_EVCC_Ongoing_Timeout' },
    60,
  ],
  ['a schedule that does not come', { ...ISO2, ...silentTo('scheduleWanted') }, { code: 'timeout', timer: 'V2G_EVCC_Ongoing_Timeout' }, 60],
  [
    'a cable check without end',
    { ...ISO2, ...silentTo('cableCheckWanted') },
    { code: 'timeout', timer: 'V2G_EVCC_CableCheck_Timeout' },
    40,
  ],
  ['a voltage that does not come', { ...ISO2, ...silentTo('preCharge') }, { code: 'timeout', timer: 'V2G_EVCC_PreCharge_Timeout' }, 7],
  ['a car that does not choose', { ...ISO2, car: () => [] }, { code: 'notReady', timer: 'V2G_EVCC_Sequence_Performance_Time' }, 40],
  [
    'all steps nearly too slow (DIN)',
    {
      ...DIN,
      station: (told) => {
        if (told.told === 'authoriseWanted') return [[{ word: 'authorised' }, 58_000]]
        if (told.told === 'scheduleWanted') return willingStation()(told).map((reply) => [Array.isArray(reply) ? reply[0] : reply, 58_000])
        if (told.told === 'cableCheckWanted') return [[{ word: 'cableChecked', isolation: 'valid' }, 38_000]]
        return willingStation()(told)
      },
    },
    { code: 'timeout', timer: 'V2G_EVCC_ReadyToCharge_Timeout' },
    150,
  ],
]
for (const [sentence, options, end, atSeconds] of cases)
  test(`${sentence} ends the car's session by the timer's name, and the station switches off`, () => {
    const { log, ends } = runCable({ ...options, stationForgets: WAITING_TIMERS })
    assert.deepEqual(ends.evcc, end)
    assert.equal(ends.secc?.code, 'linkLost')
    const last = log.findLast(({ from, output }) => from === 'evcc' && output.kind === 'endLink')
    const started = log.findLast(
      ({ from, output, at }) => from === 'evcc' && output.kind === 'startTimer' && output.timer === end.timer && at <= (last?.at ?? 0),
    )
    assert.equal((last?.at ?? 0) - (started?.at ?? 0), atSeconds * 1_000)
    for (const side of ['secc', 'evcc'] as const)
      assert.ok(
        log.some(
          ({ from, output }) => from === side && output.kind === 'tell' && output.told.told === 'openContactor' && output.told.urgent,
        ),
      )
  })

test('a station whose isolation is faulty refuses, and the car parts from it', () => {
  const { ends } = runCable({
    ...ISO2,
    station: (told) => (told.told === 'cableCheckWanted' ? [{ word: 'cableChecked', isolation: 'fault' }] : willingStation()(told)),
  })
  assert.deepEqual([ends.secc?.code, ends.evcc?.code, ends.evcc?.responseCode], ['refusing', 'refused', 'FAILED'])
})

test('an emergency at the station ends the charging of a car within one request', () => {
  for (const cable of [ISO2, DIN]) {
    const { log, ends } = runCable({ ...cable, stationSays: [[15_000, { word: 'emergency', cause: 'button' }]] })
    assert.deepEqual([ends.secc?.code, ends.evcc?.code], ['emergency', 'refused'])
    const off = log.find(({ from, output }) => from === 'secc' && output.kind === 'tell' && output.told.told === 'openContactor')
    assert.equal(off?.at, 15_000)
    assert.ok((log.at(-1)?.at ?? 0) < 15_300)
  }
})

test('an emergency in the car opens its contactor at once and the station loses the link', () => {
  const { log, ends } = runCable({ ...ISO2, carSays: [[15_000, { word: 'emergency', cause: 'crash' }]] })
  assert.deepEqual([ends.secc?.code, ends.evcc?.code], ['linkLost', 'emergency'])
  assert.equal(
    log.find(({ from, output }) => from === 'evcc' && output.kind === 'tell' && output.told.told === 'openContactor')?.at,
    15_000,
  )
})

test('a station that never measures its voltage back to nothing is asked about welding three times, and the session still ends', () => {
  const { log, ends } = runCable({
    ...ISO2,
    station: (told) =>
      told.told === 'openContactor'
        ? [
            { word: 'contactor', closed: false },
            { word: 'measured', voltage: volts(400), current: amperes(0) },
          ]
        : willingStation()(told),
    carSays: [[15_000, { word: 'stop' }]],
  })
  assert.deepEqual(ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } })
  assert.equal(
    log.filter(
      ({ from, output }) =>
        from === 'evcc' &&
        output.kind === 'tell' &&
        output.told.told === 'measured' &&
        output.told.current === undefined &&
        output.told.voltage === 400,
    ).length,
    3,
  )
})

/** Its voltage stays: the car asks about welding as often as it may. */
const welded: CableOptions['station'] = (told) =>
  told.told === 'openContactor' ? [{ word: 'contactor', closed: false }] : ISO2.station(told, 0)
const STOPPING: readonly (readonly [sentence: string, cable: CableOptions, atMs: number])[] = [
  ['while the voltage is brought', { ...ISO2, station: welded }, 10_500],
  [
    'shortly before it would have had to charge (DIN)',
    {
      ...DIN,
      station: (told, at) => {
        if (told.told === 'authoriseWanted') return [[{ word: 'authorised' }, 54_500]]
        if (told.told === 'scheduleWanted') return [[{ word: 'offer', schedules: [OFFER] }, 53_000]]
        if (told.told === 'cableCheckWanted') return [[{ word: 'cableChecked', isolation: 'valid' }, 31_000]]
        return told.told === 'preCharge' ? [[{ word: 'measured', voltage: volts(300), current: amperes(0) }, 400]] : welded(told, at)
      },
    },
    148_500,
  ],
]
for (const [sentence, cable, atMs] of STOPPING)
  test(`a car that stops ${sentence} takes the time it needs to part`, () => {
    const evcc = { ...cable.evcc, pace: 3_000 }
    const { log, ends } = runCable({ ...cable, evcc, stationForgets: WAITING_TIMERS, carSays: [[atMs, { word: 'stop' }]] })
    assert.deepEqual(ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } })
    assert.ok((log.at(-1)?.at ?? 0) > atMs)
  })

for (const at of [100, 900, 1_500, 2_300, 3_100, 4_000])
  test(`a car that wants to stop after ${at} ms parts in order, whatever was going on`, () => {
    for (const cable of [ISO2, DIN]) {
      const { ends } = runCable({ ...cable, carSays: [[at, { word: 'stop' }]] })
      assert.deepEqual(ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } }, `${at} ms`)
    }
  })
