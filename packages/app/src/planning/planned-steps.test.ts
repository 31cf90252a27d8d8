import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SessionProfile } from '@voltway/store'
import { type EvseId, epochMs, MINUTE, type SessionId } from '@voltway/units'
import { plannedSteps, totalSteps } from './planned-steps.ts'

const at = (minutes: number) => epochMs(minutes * MINUTE)
const profile = (sent: number, periods: readonly (readonly [number, number])[], own: Partial<SessionProfile> = {}): SessionProfile => ({
  sessionId: 's' as SessionId,
  evseId: 'e' as EvseId,
  startsAt: at(sent),
  exactUntil: at(120),
  schedule: periods.map(([minute, limitW]) => ({ startSeconds: minute * 60, limitW })),
  sentAt: at(sent),
  endedAt: null,
  status: 'accepted',
  ...own,
})
const shown = (profiles: readonly SessionProfile[]) =>
  plannedSteps(profiles).map(({ from, to, powerW }) => `${from / MINUTE}-${to / MINUTE} ${powerW}`)

for (const [sentence, profiles, expected] of [
  ['no profile plans nothing', [], []],
  [
    'the last power goes on as far as was planned',
    [
      profile(0, [
        [0, 10],
        [30, 20],
      ]),
    ],
    ['0-30 10', '30-120 20'],
  ],
  [
    'a new profile takes the place of what was still to come',
    [
      profile(0, [
        [0, 10],
        [30, 20],
      ]),
      profile(15, [[0, 5]]),
    ],
    ['0-15 10', '15-120 5'],
  ],
  ['the same power told again is one step', [profile(0, [[0, 10]]), profile(15, [[0, 10]])], ['0-120 10']],
  [
    'nothing is planned after a session',
    [
      profile(
        0,
        [
          [0, 10],
          [30, 20],
        ],
        { endedAt: at(20) },
      ),
    ],
    ['0-20 10'],
  ],
  ['what was taken back plans nothing', [profile(0, [[0, 10]]), profile(15, [[0, 10]], { status: 'cleared' })], ['0-15 10']],
] as const)
  test(sentence, () => assert.deepEqual(shown(profiles), expected))

test('what several draw together is summed from an instant on: who was there before is not known', () => {
  const step = (from: number, to: number, powerW: number) => ({ from: at(from), to: at(to), powerW })
  const total = totalSteps([[step(0, 20, 5), step(20, 40, 7)], [step(10, 30, 3)], [step(0, 10, 9)]], at(10))
  assert.deepEqual(total, [step(10, 20, 8), step(20, 30, 10), step(30, 40, 7)])
})
