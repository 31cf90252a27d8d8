import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, HOUR } from '@voltway/units'
import fc from 'fast-check'
import { priceLevels } from './price-levels.ts'

const hour = (count: number) => epochMs(count * HOUR)
const spans = (...prices: readonly number[]) => prices.map((perKwh, index) => ({ from: hour(index), to: hour(index + 1), perKwh }))
const levelsOf = (prices: readonly number[], more: { readonly most?: number; readonly from?: number } = {}) => {
  const found = priceLevels(spans(...prices), {
    from: hour(more.from ?? 0),
    until: hour(prices.length),
    ...(more.most && { most: more.most }),
  })
  return found && [found.levels, found.entries.map(({ startSeconds, durationSeconds, level }) => [startSeconds, durationSeconds, level])]
}

for (const [sentence, found, expected] of [
  ['one price is one level', levelsOf([5, 5]), [1, [[0, 7_200, 1]]]],
  [
    'the cheapest is 1, and a price that comes back has its level',
    levelsOf([5, 2, 5]),
    [
      2,
      [
        [0, 3_600, 2],
        [3_600, 3_600, 1],
        [7_200, 3_600, 2],
      ],
    ],
  ],
  [
    'seconds count from the moment of asking',
    levelsOf([5, 2, 3], { from: 1.5 }),
    [
      2,
      [
        [0, 1_800, 1],
        [1_800, 3_600, 2],
      ],
    ],
  ],
  [
    'more prices than levels are put together, the dear with the dear',
    levelsOf([1, 2, 3, 4], { most: 2 }),
    [
      2,
      [
        [0, 7_200, 1],
        [7_200, 7_200, 2],
      ],
    ],
  ],
  ['nothing is said of hours of which nothing is known', levelsOf([]), undefined],
] as const)
  test(sentence, () => assert.deepEqual(found, expected))

test('hours may be named in any order', () => {
  const asked = { from: hour(0), until: hour(3) }
  assert.deepEqual(priceLevels(spans(5, 2, 3).toReversed(), asked), priceLevels(spans(5, 2, 3), asked))
})

test('levels follow prices, and cover the hours without a gap', () => {
  const prices = fc.array(fc.integer({ min: -50, max: 500 }), { minLength: 1, maxLength: 48 })
  fc.assert(
    fc.property(prices, fc.integer({ min: 1, max: 12 }), (list, most) => {
      const found = priceLevels(spans(...list), { from: hour(0), until: hour(list.length), most })
      assert.ok(found)
      const levelAt = (index: number) =>
        found.entries.find(
          ({ startSeconds, durationSeconds }) => startSeconds <= index * 3_600 && index * 3_600 < startSeconds + durationSeconds,
        )?.level ?? 0
      for (const [a, price] of list.entries()) {
        assert.ok(levelAt(a) >= 1 && levelAt(a) <= found.levels)
        for (const [b, other] of list.entries()) if (price <= other) assert.ok(levelAt(a) <= levelAt(b))
      }
      assert.equal(
        found.entries.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0),
        list.length * 3_600,
      )
    }),
    { seed: 8, numRuns: 200 },
  )
})
