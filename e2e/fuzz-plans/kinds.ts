import assert from 'node:assert/strict'
import { checkCarPlan } from '../../packages/domain/src/planning/car/check-car-plan.ts'
import { planCar } from '../../packages/domain/src/planning/car/plan-car.ts'
import { randomCar } from '../../packages/domain/src/planning/car/testing/random-car.ts'
import { checked } from '../../packages/domain/src/planning/full-site/testing/against-oracle.ts'
import { mixedFullSite } from '../../packages/domain/src/planning/full-site/testing/random-full-site.ts'
import { checkNetworkPlan } from '../../packages/domain/src/planning/network/check-network-plan.ts'
import { planNetwork } from '../../packages/domain/src/planning/network/plan-network.ts'
import { randomNetwork } from '../../packages/domain/src/planning/network/testing/random-network.ts'
import { checkSitePlan } from '../../packages/domain/src/planning/site/check-site-plan.ts'
import { planSite } from '../../packages/domain/src/planning/site/plan-site.ts'
import { crowdedProblem, randomProblem } from '../../packages/domain/src/planning/site/testing/random-problem.ts'
import { planOf } from '../../packages/domain/src/planning/steering/testing/plan-of.ts'
import { randomSite } from '../../packages/domain/src/planning/steering/testing/random-site.ts'
import { withPhases } from '../../packages/domain/src/planning/steering/testing/with-phases.ts'
import { assertWithinLimits } from '../../packages/domain/src/planning/steering/testing/within-limits.ts'

type Random = () => number

/** Makes one random problem, plans it, and throws where the planner throws, breaks a rule or proves what is not so. */
type TryOne = (random: Random) => void

const car: TryOne = (random) => {
  const { wish, context } = randomCar(random)
  const planned = planCar(wish, context)
  if (planned.ok) assert.deepEqual(checkCarPlan(wish, context, planned.value).violations, [])
  else assert.ok(wish.departure <= context.now, JSON.stringify(planned.failure))
}

const site =
  (make: typeof randomProblem): TryOne =>
  (random) => {
    const problem = make(random)
    const planned = planSite(problem)
    if (!planned.ok) assert.fail(JSON.stringify(planned.failure))
    const { violations, shortfallGapWh, costGapNanos } = checkSitePlan(problem, planned.value.plan, planned.value.certificate)
    assert.deepEqual(violations, [])
    // Fair shares are no cheapest plan: their bound is that of the sum.
    if (make === randomProblem) assert.deepEqual([shortfallGapWh, costGapNanos], [0n, 0n])
  }

const fullSite: TryOne = (random) => {
  const { carsNanos, boundNanos } = checked(mixedFullSite(random))
  assert.ok(boundNanos <= carsNanos, `the bound ${boundNanos} is above the plan ${carsNanos}`)
}

const network: TryOne = (random) => {
  const problem = randomNetwork(random)
  const planned = planNetwork(problem)
  if (!planned.ok) assert.fail(JSON.stringify(planned.failure))
  const { violations, totalMicros, boundMicros } = checkNetworkPlan(problem, planned.value.plan, planned.value.certificate)
  assert.deepEqual(violations, [])
  assert.ok(boundMicros <= totalMicros, `the bound ${boundMicros} is above the plan ${totalMicros}`)
}

const steering: TryOne = (random) => {
  const plain = randomSite(random)
  const steered = random() < 0.5 ? plain : withPhases(random, plain)
  assertWithinLimits(
    steered,
    planOf(steered).cars.map(({ schedule }) => schedule),
  )
}

/** What is planned, how many of it in a run by default, and how one is tried. */
export const KINDS: readonly { readonly name: string; readonly count: number; readonly tryOne: TryOne }[] = [
  { name: 'cars', count: 2_000, tryOne: car },
  { name: 'sites', count: 3_000, tryOne: site(randomProblem) },
  { name: 'sites with fair shares', count: 1_000, tryOne: site(crowdedProblem) },
  { name: 'sites in full', count: 300, tryOne: fullSite },
  { name: 'networks', count: 500, tryOne: network },
  { name: 'steered sites', count: 500, tryOne: steering },
]
