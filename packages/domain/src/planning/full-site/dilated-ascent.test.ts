import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import { dilatedAscent } from './dilated-ascent.ts'

/** Minus a sum of distances along random directions: its top is where all of them are zero, and every one is a crease. */
const creased = (size: number, seed: number) => {
  const random = seeded(seed)
  const top = Float64Array.from({ length: size }, () => 20 * random() - 10)
  const rows = Array.from({ length: 2 * size }, (_, row) => Float64Array.from(top, () => (random() - 0.5) * 10 ** (row % 3)))
  return (point: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0)
    let value = 0
    for (const row of rows) {
      const off = row.reduce((sum, factor, at) => sum + factor * (point[at]! - top[at]!), 0)
      value -= Math.abs(off)
      for (const [at, factor] of row.entries()) gradient[at]! -= Math.sign(off) * factor
    }
    return value
  }
}

test('the top of a creased function of ten variables is found to a thousandth of where the search began, and it ends when told', () => {
  for (let seed = 1; seed <= 5; seed++) {
    const raised = creased(10, seed)
    const first = raised(new Float64Array(10), new Float64Array(10))
    let [best, calls] = [first, 0]
    const counted = (point: Float64Array, gradient: Float64Array) => {
      calls++
      const value = raised(point, gradient)
      best = Math.max(best, value)
      return value
    }
    dilatedAscent(counted, new Float64Array(10), { step: 5, goesOn: () => calls < 600 })
    assert.ok(calls <= 600)
    assert.ok(best > first / 1_000, `seed ${seed}: ${best} from ${first}`)
  }
})
