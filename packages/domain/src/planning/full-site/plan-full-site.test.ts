import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import type { Highs } from 'highs'
import { checkFullSitePlan } from './check-full-site-plan.ts'
import type { FullSiteProblem } from './full-site-problem.ts'
import { planFullSite } from './plan-full-site.ts'
import { optimumOfFullSite } from './testing/milp-oracle.ts'
import { type Ingredients, randomFullSite } from './testing/random-full-site.ts'

const loadHighs: () => Promise<Highs> = createRequire(import.meta.url)('highs')

const planned = (problem: FullSiteProblem) => {
  const result = planFullSite(problem)
  assert.ok(result.ok)
  return result.value
}

/** Plans random sites, checks every rule, and holds cost and bound against the solver's optimum. @returns how far the plans are above it, relative */
const againstOracle = async (ingredients: Ingredients, rounds: number, seed: number): Promise<readonly number[]> => {
  const solver = await loadHighs()
  const random = seeded(seed)
  const above: number[] = []
  for (let round = 0; round < rounds; round++) {
    const problem = randomFullSite(random, ingredients)
    const { plan, certificate } = planned(problem)
    const { violations, carsNanos, boundNanos } = checkFullSitePlan(problem, plan, certificate)
    assert.deepEqual(violations, [], `round ${round}`)
    const optimum = optimumOfFullSite(solver, problem) - Number(plan.cost.withoutCarsNanos)
    const hair = 1e-6 * (Math.abs(optimum) + 1e6)
    assert.ok(Number(boundNanos) <= optimum + hair, `round ${round}: the bound ${boundNanos} is above the optimum ${optimum}`)
    assert.ok(Number(carsNanos) >= optimum - hair, `round ${round}: the plan ${carsNanos} is below the optimum ${optimum}`)
    above.push((Number(carsNanos) - optimum) / (Math.abs(optimum) + 1e6))
  }
  return above
}

test('with building, sun and demand charge a plan is the best but for a watt of peak', async () => {
  const above = await againstOracle({ demandCharge: true }, 40, 31)
  assert.ok(Math.max(...above) < 5e-4, `${Math.max(...above)}`)
})
