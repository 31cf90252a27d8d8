import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import { type FairClaim, fairPowers } from './fair-powers.ts'

/** Below the site and one of its stations. */
const below = (station: number) => [
  { row: 0, share: 1 },
  { row: 1 + station, share: 1 },
]
const claim = (station: number, maximum: number, minimum = 4_140): FairClaim => ({ uses: below(station), minimum, maximum })
/** Below one phase, or a third of each. */
const phased = (phase: number | undefined, maximum: number): FairClaim => ({
  uses: [0, 1, 2].filter((row) => phase === undefined || row === phase).map((row) => ({ row, share: phase === undefined ? 1 / 3 : 1 })),
  minimum: 1_380,
  maximum,
})

for (const [sentence, claims, limits, expected] of [
  ['nobody claims anything', [], [10_000], []],
  ['there is enough', [claim(0, 7_000), claim(0, 11_000)], [30_000, 30_000], [7_000, 11_000]],
  ['the site is shared evenly', [claim(0, 22_000), claim(1, 22_000)], [20_000, 50_000, 50_000], [10_000, 10_000]],
  ['what one cannot take the others have', [claim(0, 5_000), claim(0, 22_000)], [20_000, 50_000], [5_000, 15_000]],
  [
    'a full station leaves the rest to the other',
    [claim(0, 22_000), claim(0, 22_000), claim(1, 22_000)],
    [30_000, 10_000, 50_000],
    [5_000, 5_000, 20_000],
  ],
  [
    'the last waits where not all have their minimum',
    [claim(0, 22_000), claim(0, 22_000), claim(0, 22_000)],
    [10_000, 50_000],
    [5_000, 5_000, 0],
  ],
  [
    'a phase that is full leaves the others to those who do not need it',
    [phased(0, 7_360), phased(1, 7_360)],
    [3_000, 9_000, 9_000],
    [3_000, 7_360],
  ],
  ['three phases take a third of each', [phased(0, 7_360), phased(undefined, 11_040)], [4_000, 9_000, 9_000], [3_000, 3_000]],
  ['nobody charges below every minimum', [claim(0, 22_000)], [3_000, 50_000], [0]],
] as const)
  test(sentence, () => assert.deepEqual(fairPowers(claims, limits).map(Math.round), expected))

test('shares keep every limit and maximum, are at the minimum or nothing, and nobody could have more without one with less losing', () => {
  const random = seeded(31)
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  for (let round = 0; round < 300; round++) {
    const stations = whole(1, 4)
    const claims = Array.from({ length: whole(1, 8) }, () => {
      const minimum = whole(1, 5) * 1_000
      return claim(whole(0, stations - 1), minimum + whole(0, 20) * 1_000, minimum)
    })
    const limits = Array.from({ length: stations + 1 }, () => whole(0, 60) * 1_000)
    const shares = fairPowers(claims, limits)
    const isBelow = (car: number, node: number) => claims[car]!.uses.some(({ row }) => row === node)
    const drawn = limits.map((_, node) => shares.reduce((sum, share, car) => sum + (isBelow(car, node) ? share : 0), 0))
    for (const [node, limit] of limits.entries()) assert.ok(drawn[node]! <= limit + 1e-6)
    for (const [car, share] of shares.entries()) {
      const { minimum, maximum, uses } = claims[car]!
      assert.ok(share === 0 || (share >= minimum - 1e-6 && share <= maximum + 1e-6))
      if (share === 0 || share > maximum - 1e-6) continue
      const isFull = (node: number) => limits[node]! - drawn[node]! < 1e-6
      const rivals = uses
        .map(({ row }) => row)
        .filter(isFull)
        .map((node) => shares.filter((_, other) => isBelow(other, node)))
      assert.ok(
        rivals.some((list) => list.every((other) => other <= share + 1e-6)),
        `car ${car} could have more than ${share}`,
      )
    }
  }
})
