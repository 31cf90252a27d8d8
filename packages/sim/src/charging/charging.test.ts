import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, instantOf } from '@voltway/units'
import fc from 'fast-check'
import { allowedAt } from './allowed-at.ts'
import { type ChargingProfile, withoutProfiles, withProfile } from './charging-profile.ts'
import { compositeSchedule, nextBoundary } from './composite-schedule.ts'
import { shareSupply } from './share-supply.ts'

const at = (text: string) => instantOf(`2026-03-02T${text}:00Z`)!
const profile = (own: Partial<ChargingProfile>): ChargingProfile => ({
  id: 1,
  evse: 1,
  stackLevel: 0,
  purpose: 'txDefault',
  kind: 'absolute',
  transactionId: undefined,
  validFrom: undefined,
  validTo: undefined,
  setAt: at('08:00'),
  startAt: at('08:00'),
  durationSeconds: undefined,
  unit: 'W',
  periods: [{ startSeconds: 0, limit: 5_000, phases: undefined }],
  wire: {},
  ...own,
})
const context = { evse: 1, transaction: { id: 't', startedAt: at('08:10') }, phases: 3, voltageV: 230 } as const
const limit = (limitW: number) => ({ periods: [{ startSeconds: 0, limit: limitW, phases: undefined }] })

for (const [sentence, profiles, expected] of [
  ['nothing limits without profiles', [], Number.POSITIVE_INFINITY],
  ['a default limits a transaction', [profile({})], 5_000],
  ['the higher stack level wins, also when it allows more', [profile({}), profile({ id: 2, stackLevel: 3, ...limit(9_000) })], 9_000],
  [
    'a higher level that is over leaves it to the lower',
    [profile({}), profile({ id: 2, stackLevel: 3, durationSeconds: 60, ...limit(9_000) })],
    5_000,
  ],
  ["a transaction's own profile replaces the default", [profile({}), profile({ id: 2, purpose: 'tx', ...limit(8_000) })], 8_000],
  [
    "another transaction's profile does not count",
    [profile({}), profile({ id: 2, purpose: 'tx', transactionId: 'other', ...limit(8_000) })],
    5_000,
  ],
  ["the station's limit is on top", [profile({}), profile({ id: 2, evse: 0, purpose: 'stationMax', ...limit(4_000) })], 4_000],
  ["another EVSE's default does not count", [profile({ evse: 2 })], Number.POSITIVE_INFINITY],
  ['amperes are per phase', [profile({ unit: 'A', ...limit(16) })], 11_040],
  ['on one phase they are fewer watts', [profile({ unit: 'A', periods: [{ startSeconds: 0, limit: 16, phases: 1 }] })], 3_680],
  [
    'amperes of every profile flow on as few phases as one of them leaves',
    [
      profile({ unit: 'A', ...limit(10) }),
      profile({ id: 2, evse: 0, purpose: 'stationMax', unit: 'A', periods: [{ startSeconds: 0, limit: 20, phases: 1 }] }),
    ],
    2_300,
  ],
  [
    'watts stay what they are on fewer phases',
    [
      profile({ unit: 'A', periods: [{ startSeconds: 0, limit: 20, phases: 1 }] }),
      profile({ id: 2, evse: 0, purpose: 'stationMax', ...limit(4_000) }),
    ],
    4_000,
  ],
  [
    'a relative schedule counts from the start of the transaction',
    [
      profile({
        kind: 'relative',
        periods: [
          { startSeconds: 0, limit: 1, phases: undefined },
          { startSeconds: 3_000, limit: 2, phases: undefined },
        ],
      }),
    ],
    2,
  ],
  ['a schedule that has not begun says nothing', [profile({ startAt: at('10:00') })], Number.POSITIVE_INFINITY],
  ['a profile outside its validity says nothing', [profile({ validTo: at('08:59') })], Number.POSITIVE_INFINITY],
  ['a daily one returns', [profile({ kind: 'daily', startAt: epochMs(at('08:30') - 7 * 86_400_000), durationSeconds: 3_600 })], 5_000],
] as const)
  test(sentence, () => assert.equal(allowedAt(profiles, at('09:00'), context).limitW, expected))

test('a composite schedule is the limits from now on, merged, and never above the hardware', () => {
  const steps = [
    { startSeconds: 0, limit: 4_000, phases: undefined },
    { startSeconds: 3_600, limit: 50_000, phases: undefined },
  ]
  const profiles = [
    profile({ periods: steps }),
    profile({ id: 2, evse: 0, purpose: 'stationMax', startAt: at('09:30'), durationSeconds: 600, ...limit(3_000) }),
  ]
  const composite = compositeSchedule(profiles, context, { from: at('08:30'), durationSeconds: 7_200, maxPowerW: 22_000 })
  assert.deepEqual(composite, [
    { startSeconds: 0, limitW: 4_000 },
    { startSeconds: 1_800, limitW: 22_000 },
    { startSeconds: 3_600, limitW: 3_000 },
    { startSeconds: 4_200, limitW: 22_000 },
  ])
})

test('a composite schedule says at every second what the limit is then', () => {
  const anyProfile = fc.record({
    id: fc.integer({ min: 1, max: 6 }),
    stackLevel: fc.integer({ min: 0, max: 3 }),
    purpose: fc.constantFrom('tx' as const, 'txDefault' as const, 'external' as const),
    kind: fc.constantFrom('absolute' as const, 'relative' as const, 'daily' as const),
    startAt: fc.integer({ min: -90_000, max: 5_000 }).map((seconds) => epochMs(at('08:00') + seconds * 1000)),
    durationSeconds: fc.option(fc.integer({ min: 1, max: 9_000 }), { nil: undefined }),
    periods: fc.uniqueArray(fc.integer({ min: 1, max: 8_000 }), { maxLength: 4 }).map((starts) =>
      [0, ...starts.toSorted((a, b) => a - b)].map((startSeconds, index) => ({
        startSeconds,
        limit: 1_000 + ((index * 700) % 2_100),
        phases: undefined,
      })),
    ),
  })
  fc.assert(
    fc.property(fc.array(anyProfile, { maxLength: 5 }), fc.integer({ min: 0, max: 7_199 }), (parts, second) => {
      const profiles = parts.map(profile)
      const composite = compositeSchedule(profiles, context, { from: at('08:00'), durationSeconds: 7_200, maxPowerW: 22_000 })
      const said = composite.findLast(({ startSeconds }) => startSeconds <= second)?.limitW
      const instant = epochMs(at('08:00') + second * 1000)
      assert.equal(said, Math.min(22_000, allowedAt(profiles, instant, context).limitW))
      const next = nextBoundary(profiles, context, instant)
      const until = epochMs((next ?? instant + 60_000) - 1)
      assert.equal(allowedAt(profiles, until, context).limitW, allowedAt(profiles, instant, context).limitW)
    }),
    { seed: 4, numRuns: 300 },
  )
})

test('a profile replaces its id and its place in the stack, and is cleared by id or by what it is', () => {
  const both = withProfile(withProfile([], profile({})), profile({ id: 2, stackLevel: 1 }))
  assert.deepEqual(
    withProfile(both, profile({ id: 3, stackLevel: 1 })).map(({ id }) => id),
    [1, 3],
  )
  assert.deepEqual(
    withProfile(both, profile({ id: 1, stackLevel: 1 })).map(({ id }) => id),
    [1],
  )
  assert.deepEqual(
    withoutProfiles(both, { id: 2, stackLevel: 0 }).map(({ id }) => id),
    [1],
  )
  assert.deepEqual(withoutProfiles(both, { purpose: 'txDefault' }), [])
})

test('a supply is shared evenly, what one leaves the others take, and no more than there is', () => {
  assert.deepEqual(shareSupply(22_000, [22_000, 22_000]), [11_000, 11_000])
  assert.deepEqual(shareSupply(22_000, [4_000, 22_000]), [4_000, 18_000])
  assert.deepEqual(shareSupply(Number.POSITIVE_INFINITY, [4_000, 0]), [4_000, 0])
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50_000 }), fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 4 }), (supply, wanted) => {
      const granted = shareSupply(supply, wanted)
      const total = granted.reduce((sum, one) => sum + one, 0)
      assert.ok(
        Math.abs(
          total -
            Math.min(
              supply,
              wanted.reduce((sum, one) => sum + one, 0),
            ),
        ) < 1e-3,
      )
      assert.ok(granted.every((one, index) => one <= wanted[index]! + 1e-6))
    }),
    { seed: 8, numRuns: 300 },
  )
})
