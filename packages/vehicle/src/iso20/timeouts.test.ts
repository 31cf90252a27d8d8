import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EndReason } from '../machine/end-reason.ts'
import { TIMEOUTS } from '../machine/timeouts.ts'
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
    ['a car that cannot choose', obligingEnds(AC, { car: () => [] }), undefined, 'V2G_EVCC_Ongoing_Timeout', 60_000],
  ]
for (const [sentence, late, seccTimer, evccTimer, milliseconds] of LATE)
  test(`${sentence}: ${seccTimer ?? evccTimer} after ${milliseconds / 1_000} s`, () => {
    const course = connect(late)
    const end = seccTimer === undefined ? course.evccEnd : course.seccEnd
    assert.deepEqual([end?.code, end?.timer], ['timeout', seccTimer ?? evccTimer])
    assert.deepEqual(opened(course), [true, true])
    const endedAt = Math.min(...[...course.station, ...course.car].filter(({ told }) => told === 'ended').map(({ at }) => at))
    const before = course.frames.filter(({ at }) => at <= endedAt - milliseconds)
    assert.ok(before.length > 0, 'it ran that long')
  })

test('a car waits for the first request in 18 s and for the first response in 20 s', () => {
  assert.deepEqual(
    [TIMEOUTS['iso15118-20'].V2G_SECC_CommunicationSetup_Timeout, TIMEOUTS['iso15118-20'].V2G_EVCC_CommunicationSetup_Timeout],
    [18_000, 20_000],
  )
  const course = connect(obligingEnds(AC, { meddle: silent('SessionSetup', 'evcc') }))
  // The car's own wait for its response is shorter and ends it first.
  assert.deepEqual([course.evccEnd?.timer, course.seccEnd?.code], ['V2G_EVCC_Msg_Timeout', 'linkLost'])
})
