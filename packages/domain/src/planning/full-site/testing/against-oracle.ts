import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { seeded } from '@voltway/units'
import type { Highs } from 'highs'
import { checkFullSitePlan } from '../check-full-site-plan.ts'
import type { FullSiteProblem } from '../full-site-problem.ts'
import { planFullSite } from '../plan-full-site.ts'
import { optimumOfFullSite } from './milp-oracle.ts'
import { type Ingredients, randomFullSite } from './random-full-site.ts'

export const planned = (problem: FullSiteProblem) => {
  const result = planFullSite(problem)
  assert.ok(result.ok, result.ok ? '' : JSON.stringify(result.failure))
  return result.value
}

/** A plan that keeps every rule, with what its check says. */
export const checked = (problem: FullSiteProblem) => {
  const { plan, certificate } = planned(problem)
  const check = checkFullSitePlan(problem, plan, certificate)
  assert.deepEqual(check.violations, [])
  return { plan, certificate, ...check }
}

const load: () => Promise<Highs> = createRequire(import.meta.url)('highs')
/** One for all tests of a file: compiling it takes longer than most of its answers. */
let oracle: Promise<Highs> | undefined

export interface AgainstOracle {
  readonly ingredients: Ingredients
  readonly rounds: number
  readonly seed: number
}

/**
 * Plans random sites, checks every rule, and holds plan and bound against the optimum of a general solver: no plan may be below
 * it, and no bound above.
 * @returns how far the plans are above the optimum, as shares of it, rising
 */
export const againstOracle = async ({ ingredients, rounds, seed }: AgainstOracle): Promise<readonly number[]> => {
  oracle ??= load()
  const solver = await oracle
  const random = seeded(seed)
  const above: number[] = []
  for (let round = 0; round < rounds; round++) {
    const problem = randomFullSite(random, ingredients)
    const { plan, carsNanos, boundNanos } = checked(problem)
    const optimum = optimumOfFullSite(solver, problem) - Number(plan.cost.withoutCarsNanos)
    const size = Math.abs(optimum) + 1e6
    assert.ok(Number(boundNanos) <= optimum + 1e-5 * size, `round ${round}: the bound ${boundNanos} is above the optimum ${optimum}`)
    assert.ok(Number(carsNanos) >= optimum - 1e-5 * size, `round ${round}: the plan ${carsNanos} is below the optimum ${optimum}`)
    above.push((Number(carsNanos) - optimum) / size)
  }
  return above.sort((a, b) => a - b)
}
