import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, MINUTE, seeded, wattHours, watts } from '@voltway/units'
import type { CarWish } from './car-wish.ts'
import { planCar } from './plan-car.ts'
import { at, centsContext, planned } from './testing/few-quarters.ts'
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

test('a minimum that takes all the time until its hour keeps nothing else from being charged, under a cap that pays for it or for a part', () => {
  const powerLimits = [0, 1, 2].map((third) => ({
    from: epochMs(at(0) + third * 20 * MINUTE),
    to: epochMs(at(0) + (third + 1) * 20 * MINUTE),
    power: watts(1_000),
  }))
  const context = centsContext([30, 30, 30, 30, 20, 10], { powerLimits })
  // By its hour, which no step of energies meets, 0.853 kWh can be had; then 4.147 more in two quarters and what is left of a third.
  const minimum = { energy: wattHours(3_000), by: epochMs(at(3) + 372_345) }
  const wish: CarWish = { arrival: at(0), departure: at(6), energy: wattHours(6_000), goal: 'earliest', minimum }
  const free = planned(wish, context)
  const { cost, energy } = planned({ ...wish, priceCapMicros: free.cost.totalMicros }, context)
  assert.deepEqual([energy, cost.totalMicros], [free.energy, free.cost.totalMicros])
  const half = planned({ ...wish, goal: 'cheapest', priceCapMicros: 600_000n }, context)
  // 26 cents for the minimum, and the rest at 10 and 20.
  assert.ok(half.energy > 3_500 && half.cost.totalMicros <= 600_000n, `${half.energy}`)
})
