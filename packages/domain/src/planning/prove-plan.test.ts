import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import { randomCar } from './car/testing/random-car.ts'
import type { ChargeWish } from './plan.ts'
import { plansFor } from './plans-for.ts'
import { provePlan } from './prove-plan.ts'

test('a plain plan that says it is the cheapest or the soonest is proved to be, to a fraction of a cent; the others say nothing', () => {
  const random = seeded(51)
  const met = { cheapest: 0, soonest: 0, neither: 0 }
  for (let round = 0; round < 80; round++) {
    const { wish: asked, context } = randomCar(random)
    const { battery: _, powerLimits: __, minPower: ___, ...bare } = context
    const wish: ChargeWish = { arrival: asked.arrival, departure: asked.departure, energy: asked.energy, durationMs: 3_600_000 }
    for (const plan of plansFor(wish, bare)) {
      const gap = provePlan(wish, bare, plan)
      if (gap === undefined) met.neither++
      else if ('endMs' in gap) {
        met.soonest++
        assert.ok(gap.endMs <= 1, `round ${round}: ${gap.endMs} ms`)
      } else if ('costNanos' in gap) {
        met.cheapest++
        // Prices with minutes or fees by start are no linear programme: what is proved may lack a little.
        assert.ok(Number(gap.costNanos) <= 0.02 * 1_000 * Number(plan.cost.totalMicros), `round ${round}: ${gap.costNanos}`)
      }
    }
  }
  assert.ok(met.cheapest > 30 && met.soonest > 5 && met.neither > 30, JSON.stringify(met))
})

test('a plan that only says it is the cheapest is found out', () => {
  const random = seeded(52)
  let found = 0
  for (let round = 0; round < 150; round++) {
    const { wish: asked, context } = randomCar(random)
    const { battery: _, powerLimits: __, minPower: ___, ...bare } = context
    const wish: ChargeWish = { arrival: asked.arrival, departure: asked.departure, energy: asked.energy, durationMs: 3_600_000 }
    const plans = plansFor(wish, bare).filter(({ energy }) => energy === wish.energy)
    const least = plans.reduce((cost, plan) => (plan.cost.totalMicros < cost ? plan.cost.totalMicros : cost), 10n ** 12n)
    for (const plan of plans) {
      const more = plan.cost.totalMicros - least
      if (more < 100_000n) continue
      found++
      const gap = provePlan(wish, bare, { ...plan, reasons: [{ code: 'cheapestBeforeDeparture' }] })
      // Three cents for rounded lines.
      assert.ok(gap && 'costNanos' in gap && gap.costNanos >= (more - 30_000n) * 1_000n, `round ${round}`)
    }
  }
  assert.ok(found > 5, `${found}`)
})
