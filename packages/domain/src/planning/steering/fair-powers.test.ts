import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import { type FairClaim, fairPowers } from './fair-powers.ts'

const claim = (station: number, maximum: number, minimum = 4_140): FairClaim => ({ station, minimum, maximum })

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
      return { station: whole(0, stations - 1), minimum, maximum: minimum + whole(0, 20) * 1_000 }
    })
    const limits = Array.from({ length: stations + 1 }, () => whole(0, 60) * 1_000)
    const shares = fairPowers(claims, limits)
    const drawn = limits.map((_, node) =>
      shares.reduce((sum, share, car) => sum + (node === 0 || claims[car]!.station === node - 1 ? share : 0), 0),
    )
    for (const [node, limit] of limits.entries()) assert.ok(drawn[node]! <= limit + 1e-6)
    for (const [car, share] of shares.entries()) {
      const { minimum, maximum, station } = claims[car]!
      assert.ok(share === 0 || (share >= minimum - 1e-6 && share <= maximum + 1e-6))
      if (share === 0 || share > maximum - 1e-6) continue
      const isFull = (node: number) => limits[node]! - drawn[node]! < 1e-6
      const rivals = [0, station + 1]
        .filter(isFull)
        .map((node) => shares.filter((_, other) => node === 0 || claims[other]!.station === node - 1))
      assert.ok(
        rivals.some((list) => list.every((other) => other <= share + 1e-6)),
        `car ${car} could have more than ${share}`,
      )
    }
  }
})
