import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EndReason } from '../machine/end-reason.ts'
import { TIMEOUTS } from '../machine/timeouts.ts'
import { WAITING_TIMERS, type WaitingTimer } from '../machine/waiting.ts'
import { type Course, connect, type Ends } from './testing/cable.ts'
import { obligingEnds, obligingStation } from './testing/ends.ts'

const dcStation = obligingStation()
const opened = (course: Course) =>
  [course.station, course.car].map((told) => told.some((one) => one.told === 'openContactor' && one.urgent))

const silent = (message: string, side: 'secc' | 'evcc', after = 0): NonNullable<Ends['meddle']> => {
  let count = 0
  return (payload, from, read) => {
    const hit = from === side && read?.body.message === message
    if (hit) count++
    return hit && count > after ? undefined : payload
  }
}
const AC = 'AC_three_phase'
const never = (word: string) => (told: Parameters<typeof dcStation>[0]) => (told.told === word ? [] : dcStation(told))
const LATE: readonly (readonly [sentence: string, ends: Ends, secc: EndReason['timer'], evcc: EndReason['timer'], milliseconds: number])[] =
  [
    [
      'a response that does not come',
      obligingEnds(AC, { meddle: silent('ServiceDiscovery', 'secc') }),
      undefined,
      'V2G_EVCC_Msg_Timeout',
      2_000,
    ],
    [
      'details of a service that do not come',
      obligingEnds(AC, { meddle: silent('ServiceDetail', 'secc') }),
      undefined,
      'V2G_EVCC_Msg_Timeout',
      5_000,
    ],
    [
      'a response of the charge loop that does not come',
      obligingEnds(AC, { meddle: silent('AC_ChargeLoop', 'secc', 5) }),
      undefined,
      'V2G_EVCC_Msg_Timeout',
      500,
    ],
    [
      'a car that falls silent',
      obligingEnds(AC, { meddle: silent('AC_ChargeLoop', 'evcc', 5) }),
      'V2G_SECC_Sequence_Timeout',
      undefined,
      500,
    ],
    [
      'SessionSetupRes that does not come',
      obligingEnds(AC, { meddle: silent('SessionSetup', 'secc') }),
      undefined,
      'V2G_EVCC_Msg_Timeout',
      2_000,
    ],
    [
      'a station that does not authorise',
      obligingEnds(AC, { station: never('authoriseWanted') }),
      undefined,
      'V2G_EVCC_Ongoing_Timeout',
      60_000,
    ],
    [
      'a station that has no schedule',
      obligingEnds(AC, { station: never('scheduleWanted') }),
      undefined,
      'V2G_EVCC_Ongoing_Timeout',
      60_000,
    ],
    [
      'a cable check that does not end',
      obligingEnds('DC', { station: never('cableCheckWanted') }),
      undefined,
      'V2G_EVCC_CableCheck_Timeout',
      40_000,
    ],
    [
      'a pre-charge that does not get there',
      obligingEnds('DC', { station: never('preCharge') }),
      undefined,
      'V2G_EVCC_PreCharge_Timeout',
      10_000,
    ],
    [
      'a response beside the charge loop that does not come',
      obligingEnds(AC, { meddle: silent('ScheduleExchange', 'secc', 3), carScript: [[5_000, { word: 'renegotiate' }]] }),
      undefined,
      'Voltway_EVCC_SideStream',
      2_000,
    ],
    ['a car that cannot choose', obligingEnds(AC, { car: () => [] }), undefined, 'V2G_EVCC_Ongoing_Timeout', 60_000],
  ]

/** When a wait began: with the last frame of this end, or with the first of the message that is repeated. */
const begunAt = ({ frames }: Course, timer: EndReason['timer']): number => {
  const own = timer === 'V2G_SECC_Sequence_Timeout' ? 'secc' : 'evcc'
  const last = frames.findLast(({ from }) => from === own)
  if (timer === 'V2G_SECC_Sequence_Timeout' || timer === 'V2G_EVCC_Msg_Timeout') return last?.at ?? 0
  if (timer === 'Voltway_EVCC_SideStream') return frames.findLast(({ message }) => message?.stream === 'schedule')?.at ?? 0
  const kind = timer === 'V2G_EVCC_Ongoing_Timeout' ? 'response' : 'request'
  return frames.find(({ message }) => message?.body.kind === kind && message.body.message === last?.message?.body.message)?.at ?? 0
}

for (const [sentence, late, seccTimer, evccTimer, milliseconds] of LATE)
  test(`${sentence}: ${seccTimer ?? evccTimer} after ${milliseconds / 1_000} s`, () => {
    const course = connect({ ...late, stationForgets: WAITING_TIMERS })
    const end = seccTimer === undefined ? course.evccEnd : course.seccEnd
    assert.deepEqual([end?.code, end?.timer], ['timeout', seccTimer ?? evccTimer])
    assert.deepEqual(opened(course), [true, true])
    const told = seccTimer === undefined ? course.car : course.station
    const endedAt = told.find((one) => one.told === 'ended')?.at ?? 0
    const waited = endedAt - begunAt(course, seccTimer ?? evccTimer)
    // The way of a frame lies between.
    assert.ok(Math.abs(waited - milliseconds) <= 5, `${waited} ms`)
  })

const OWN: readonly (readonly [sentence: string, word: string, mode: 'DC' | typeof AC, timer: WaitingTimer, milliseconds: number])[] = [
  ['authorise', 'authoriseWanted', AC, 'V2G_SECC_Ongoing_Performance_Time', 55_000],
  ['offer a schedule', 'scheduleWanted', AC, 'V2G_SECC_Ongoing_Performance_Time', 55_000],
  ['check the cable', 'cableCheckWanted', 'DC', 'V2G_SECC_CableCheck_Performance_Time', 38_000],
  ['bring the voltage', 'preCharge', 'DC', 'V2G_SECC_PreCharge_Performance_Time', 8_000],
]
for (const [sentence, word, mode, timer, milliseconds] of OWN)
  test(`a station that does not ${sentence} within ${milliseconds / 1_000} s says FAILED before the car gives up`, () => {
    const course = connect(obligingEnds(mode, { station: never(word) }))
    assert.deepEqual(course.seccEnd, { code: 'notReady', timer, responseCode: 'FAILED' })
    assert.deepEqual([course.evccEnd?.code, course.evccEnd?.responseCode], ['refused', 'FAILED'])
    assert.deepEqual(opened(course), [true, true])
    const last = course.frames.at(-1)
    const first = course.frames.find(({ message }) => message?.body.message === last?.message?.body.message)
    const waited = (last?.at ?? 0) - (first?.at ?? 0)
    assert.ok(waited >= milliseconds && waited <= milliseconds + 300, `${waited} ms`)
  })

test('a person may take longer to identify than a station may for itself', () => {
  const station = (told: Parameters<typeof dcStation>[0]) =>
    told.told === 'authoriseWanted'
      ? ([
          [10, { word: 'waitingForCustomer' }],
          [200_000, { word: 'authorised' }],
        ] as const)
      : dcStation(told)
  const course = connect(obligingEnds(AC, { station, carScript: [[230_000, { word: 'stop' }]] }))
  assert.deepEqual([course.seccEnd?.code, course.evccEnd?.code], ['finished', 'finished'])
})

test('a car waits for the first request in 18 s and for the first response in 20 s', () => {
  assert.deepEqual(
    [TIMEOUTS['iso15118-20'].V2G_SECC_CommunicationSetup_Performance_Time, TIMEOUTS['iso15118-20'].V2G_EVCC_CommunicationSetup_Timeout],
    [18_000, 20_000],
  )
  const course = connect(obligingEnds(AC, { meddle: silent('SessionSetup', 'evcc') }))
  // The car's own wait for its response is shorter and ends it first.
  assert.deepEqual([course.evccEnd?.timer, course.seccEnd?.code], ['V2G_EVCC_Msg_Timeout', 'linkLost'])
})
