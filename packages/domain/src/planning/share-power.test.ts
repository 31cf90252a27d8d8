import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EvseId, seeded, watts } from '@voltway/units'
import { type PowerRequest, sharePower } from './share-power.ts'

const wants = (id: string, minimum: number, maximum: number, weight = 1): PowerRequest => ({
  evseId: id as EvseId,
  minimum: watts(minimum),
  maximum: watts(maximum),
  weight,
})
const [small, large, other] = [wants('s', 1_380, 4_000), wants('l', 4_140, 22_000), wants('o', 4_140, 22_000)]

const cases: [string, number, readonly PowerRequest[], Record<string, number>][] = [
  ['one car alone has all of it', 22_000, [large], { l: 22_000 }],
  ['two cars at a station of 22 kW have 11 kW each', 22_000, [large, other], { l: 11_000, o: 11_000 }],
  ['what the smaller car cannot use goes to the other', 22_000, [small, large], { s: 4_000, l: 18_000 }],
  ['gives all that fits', 50_000, [small, large], { s: 4_000, l: 22_000 }],
  ['shares by weight', 22_000, [wants('a', 0, 22_000, 3), wants('b', 0, 22_000, 1)], { a: 16_500, b: 5_500 }],
  ['the last one waits when its minimum does not fit', 6_000, [large, other], { l: 6_000, o: 0 }],
  ['a car that asks for nothing gets nothing', 22_000, [wants('z', 0, 0), large], { z: 0, l: 22_000 }],
  ['without a limit left, all wait', 0, [large, other], { l: 0, o: 0 }],
]
for (const [sentence, limit, requests, expected] of cases)
  test(sentence, () => assert.deepEqual(Object.fromEntries(sharePower(watts(limit), requests)), expected))

test('the limit and every request are kept, and nothing is left while somebody could use it', () => {
  const random = seeded(1)
  for (let round = 0; round < 1_000; round++) {
    const requests = Array.from({ length: 1 + Math.floor(random() * 8) }, (_, index) => {
      const minimum = random() * 5_000
      return wants(`${index}`, minimum, minimum + random() * 50_000, 0.1 + random())
    })
    const limit = watts(random() * 100_000)
    const grants = sharePower(limit, requests)
    const total = [...grants.values()].reduce((sum, grant) => sum + grant, 0)
    assert.ok(total <= limit + 1e-6)
    for (const { evseId, minimum, maximum } of requests) {
      const grant = grants.get(evseId)!
      assert.ok(grant === 0 || (grant >= minimum && grant <= maximum + 1e-6))
      assert.ok(grant === 0 || grant > maximum - 1e-6 || total > limit - 1e-6)
    }
  }
})
