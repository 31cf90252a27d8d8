import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WatchedSession } from '@voltway/store'
import { epochMs, MINUTE } from '@voltway/units'
import { noticesDue } from './notices-due.ts'

const NOW = epochMs(1_800_000_000_000)
const plain = {
  id: 's',
  driverId: 'd',
  evseId: 'e',
  state: 'charging',
  startedAt: epochMs(NOW - 30 * MINUTE),
  endedAt: null,
  chargingEndedAt: null,
  importWh: 0,
  socPercent: null,
  reservationId: null,
  reservedUntil: null,
  plannedWh: null,
  tariff: { idle: { graceMinutes: 10 } },
  told: [],
} as unknown
const session = (change: Partial<WatchedSession>) => ({ ...(plain as WatchedSession), ...change })

const cases: readonly [string, Partial<WatchedSession>, readonly string[]][] = [
  ['a car that was just plugged in is connected', {}, ['connected']],
  ['energy flows: started', { importWh: 10 }, ['connected', 'started']],
  ['nine tenths of the planned energy: almost done', { importWh: 9_000, plannedWh: 10_000 }, ['connected', 'started', 'almostDone']],
  ['a battery at 90 %: almost done', { importWh: 9_000, socPercent: 90 }, ['connected', 'started', 'almostDone']],
  [
    'ten minutes of the slot left: almost done',
    { importWh: 9_000, reservedUntil: epochMs(NOW + 10 * MINUTE) },
    ['connected', 'started', 'almostDone'],
  ],
  [
    'charging ended five minutes ago: done, the grace still runs',
    { importWh: 9_000, chargingEndedAt: epochMs(NOW - 5 * MINUTE) },
    ['connected', 'started', 'done'],
  ],
  [
    'the grace is over and the car still there: the idle fee begins',
    { importWh: 9_000, chargingEndedAt: epochMs(NOW - 10 * MINUTE) },
    ['connected', 'started', 'done', 'idleFeeBegins'],
  ],
  [
    'no idle fee where the tariff has none',
    { importWh: 9_000, tariff: {}, chargingEndedAt: epochMs(NOW - 99 * MINUTE) },
    ['connected', 'started', 'done'],
  ],
  [
    'the car left: done, and no idle fee',
    { importWh: 9_000, endedAt: NOW, chargingEndedAt: epochMs(NOW - 99 * MINUTE) },
    ['connected', 'started', 'done'],
  ],
  ['a session without energy is never done', { endedAt: NOW }, ['connected']],
]
for (const [sentence, change, expected] of cases) test(sentence, () => assert.deepEqual(noticesDue(session(change), NOW), expected))
