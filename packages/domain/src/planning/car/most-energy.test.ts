import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded, wattHours } from '@voltway/units'
import type { CarWish } from './car-wish.ts'
import { planCar } from './plan-car.ts'
import { randomCar } from './testing/random-car.ts'

/** The same wish for less energy: its last part is no more than all of it. */
const lessOf = (wish: CarWish, energy: number): CarWish => {
  const { lastPart } = wish
  if (!lastPart || !('energy' in lastPart)) return { ...wish, energy: wattHours(energy) }
  return { ...wish, energy: wattHours(energy), lastPart: { energy: wattHours(Math.min(lastPart.energy, energy)) } }
}

test('a cap that does not pay for all buys the most that it pays for: that much can be had, and a Wh more cannot', () => {
  const random = seeded(6)
  let seen = 0
  for (let round = 0; round < 300 && seen < 6; round++) {
    const { wish: made, context } = randomCar(random)
    const { countedAt: _, minimum: __, ...plain } = made
    const wish = { ...plain, priceCapMicros: BigInt(3 + Math.floor(random() * 15)) * 100_000n }
    if (wish.energy > 12_000) continue
    const planned = planCar(wish, context)
    if (!planned.ok) assert.fail(JSON.stringify(planned.failure))
    const { energy, shortfall } = planned.value
    if (shortfall?.cause !== 'priceCap' || energy === 0) continue
    seen++
    const lacks = (asked: number) => {
      const again = planCar({ ...lessOf(wish, asked), goal: 'cheapest' }, context)
      return again.ok ? (again.value.shortfall?.energy ?? 0) : undefined
    }
    assert.deepEqual([lacks(energy), lacks(energy + 1)], [0, 1], `round ${round}: ${energy} Wh`)
  }
  assert.ok(seen >= 5, `${seen} caps were too small`)
})
