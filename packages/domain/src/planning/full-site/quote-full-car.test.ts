import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, milliseconds, volts, wattHours, watts } from '@voltway/units'
import { microsPerKwh } from '../site/index.ts'
import type { FullSiteCar, FullSiteProblem } from './full-site-problem.ts'
import { quoteFullCar } from './quote-full-car.ts'
import { checked } from './testing/against-oracle.ts'

const car: FullSiteCar = { arriveSlot: 0, departSlot: 2, need: wattHours(6_000), maxPower: watts(6_900), node: 0 }
const problem: FullSiteProblem = {
  slotLength: milliseconds(3_600_000),
  pricePerKwh: [100_000, 300_000].map(microsPerKwh),
  nodes: [{ limit: watts(20_700), phases: { limit: amperes(30), volts: volts(230) } }],
  cars: Array.from({ length: 2 }, () => ({ ...car, connection: 'L1' })),
}

test('a phase that is full in the cheap slot is worth what the dear slot costs more; another phase is not', () => {
  const { certificate } = checked(problem)
  const [full, free] = [
    quoteFullCar(problem, certificate, { ...car, connection: 'L1' }),
    quoteFullCar(problem, certificate, { ...car, connection: 'L2' }),
  ]
  assert.ok(Math.abs(full.price[0]! - 300_000) < 15_000, `${full.price[0]}`)
  assert.ok(Math.abs(free.price[0]! - 100_000) < 1_000, `${free.price[0]}`)
  assert.ok(Math.abs(full.congestion[1]!) < 1_000, `${full.congestion[1]}`)
})
