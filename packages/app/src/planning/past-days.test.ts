import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PastSession } from '@voltway/store'
import { testId } from '@voltway/store/testing'
import { type EpochMs, HOUR, instantOf, isoOf } from '@voltway/units'
import { openPastDays, pastDaysAt, pastFrom } from './past-days.ts'

const [stationId, other] = [testId<'ChargingStation'>(), testId<'ChargingStation'>()]
const timeZone = 'Europe/Berlin'
const at = (text: string): EpochMs => instantOf(text)!
const session = (startedAt: string, own: Partial<PastSession> = {}): PastSession => ({
  stationId,
  startedAt: at(startedAt),
  endedAt: (at(startedAt) + 2 * HOUR) as EpochMs,
  importWh: 9_000,
  maxPowerW: 11_000,
  bookedAt: null,
  ...own,
})
/** When cars of each day come, as from one moment on the last Monday of October, the day after the clocks went back. */
const cameAfter = (now: string, sessions: readonly PastSession[]) =>
  pastDaysAt(openPastDays(sessions, { now: at(now), timeZone }), { now: at(now), stationIds: [other, stationId] }).map((cars) =>
    cars.map(({ from }) => isoOf(from).slice(0, 16)),
  )

for (const [sentence, sessions, expected] of [
  ['without a session there is no day', [], []],
  ['a session comes again at the same hour by the site’s clock', [session('2026-10-24T14:00:00Z')], [[], ['2026-10-26T15:00']]],
  [
    'days without anybody count since the first session, ten at most',
    [session('2026-10-12T14:00:00Z')],
    [[], [], [], [], [], [], [], [], [], []],
  ],
  ['one who came before this hour is over', [session('2026-10-25T09:00:00Z')], [[]]],
  [
    'the night after is that of the same past day',
    [session('2026-10-23T09:00:00Z'), session('2026-10-24T00:30:00Z'), session('2026-10-25T14:00:00Z')],
    [['2026-10-26T14:00'], [], ['2026-10-27T01:30']],
  ],
  [
    'a slot that had been booked by this hour is not a surprise; one that was booked later is',
    [
      session('2026-10-25T14:00:00Z', { bookedAt: at('2026-10-25T08:00:00Z') }),
      session('2026-10-25T15:00:00Z', { bookedAt: at('2026-10-25T13:00:00Z') }),
    ],
    [['2026-10-26T15:00']],
  ],
  ['a station that is no longer there gives nothing', [session('2026-10-25T14:00:00Z', { stationId: testId() })], [[]]],
] satisfies readonly (readonly [string, readonly PastSession[], readonly (readonly string[])[]])[])
  test(sentence, () => assert.deepEqual(cameAfter('2026-10-26T11:00:00Z', sessions), expected))

test('it is read from the midnight that begins the oldest day', () => {
  assert.equal(isoOf(pastFrom(at('2026-10-26T11:00:00Z'), timeZone)), '2026-10-14T22:00:00.000Z')
})
