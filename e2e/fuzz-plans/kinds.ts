import assert from 'node:assert/strict'
import { checkCarPlan } from '../../packages/domain/src/planning/car/check-car-plan.ts'
import { planCar } from '../../packages/domain/src/planning/car/plan-car.ts'
import { randomCar } from '../../packages/domain/src/planning/car/testing/random-car.ts'
import { checked } from '../../packages/domain/src/planning/full-site/testing/against-oracle.ts'
import { mixedFullSite } from '../../packages/domain/src/planning/full-site/testing/random-full-site.ts'
import { bookOne, openNetwork } from '../../packages/domain/src/planning/network/book-one.ts'
import { checkBooking, openLedger } from '../../packages/domain/src/planning/network/check-booking.ts'
import { checkNetworkPlan } from '../../packages/domain/src/planning/network/check-network-plan.ts'
import { planNetwork } from '../../packages/domain/src/planning/network/plan-network.ts'
import { randomNetwork } from '../../packages/domain/src/planning/network/testing/random-network.ts'
import { plansFor } from '../../packages/domain/src/planning/plans-for.ts'
import { provePlan } from '../../packages/domain/src/planning/prove-plan.ts'
import { checkSitePlan } from '../../packages/domain/src/planning/site/check-site-plan.ts'
import { planSite } from '../../packages/domain/src/planning/site/plan-site.ts'
import { crowdedProblem, randomProblem } from '../../packages/domain/src/planning/site/testing/random-problem.ts'
import { planOf } from '../../packages/domain/src/planning/steering/testing/plan-of.ts'
import { randomSite } from '../../packages/domain/src/planning/steering/testing/random-site.ts'
import { withPhases } from '../../packages/domain/src/planning/steering/testing/with-phases.ts'
import { assertWithinLimits } from '../../packages/domain/src/planning/steering/testing/within-limits.ts'
import type { Tariff } from '../../packages/domain/src/tariffs/tariff.ts'
import { goesOnAsQuoted, quoteHolds } from './quotes-hold.ts'

type Random = () => number

/** Makes one random problem, plans it, and throws where the planner throws, breaks a rule or proves what is not so. */
type TryOne = (random: Random) => void

const hasMinutes = (tariff: Tariff): boolean =>
  tariff.kind === 'elements' && tariff.elements.some(({ perMinute }) => perMinute !== undefined)

const car: TryOne = (random) => {
  const { wish, context } = randomCar(random)
  const planned = planCar(wish, context)
  if (!planned.ok) assert.fail(JSON.stringify(planned.failure))
  const { energy, shortfall } = planned.value
  const { violations, gap, quotes } = checkCarPlan(wish, context, planned.value)
  assert.deepEqual(violations, [])
  if (energy === 0) return
  assert.ok(gap, 'nothing is proved of a plan')
  if (!('costNanos' in gap || 'weighedNanos' in gap)) assert.ok(gap.thenCostNanos !== undefined, 'its second goal is not proved')
  // A charge that may all be its last part begins wherever it has to: there it is not proved.
  if (shortfall?.cause === 'priceCap' && 'costNanos' in gap && !wish.lastPart)
    assert.ok(gap.moreWh !== undefined, 'that the cap pays for no more is not proved')
  // Three lines that are rounded to a coin, at the least price. With a battery or a price of minutes what is proved may be far looser (record 14).
  if ('costNanos' in gap && gap.moreWh !== undefined && !context.battery && !hasMinutes(context.tariff))
    assert.ok(gap.moreWh <= 150, `a cap may pay for ${gap.moreWh} Wh more`)
  if (wish.uninterrupted && !shortfall && !wish.lastPart) quoteHolds(wish, context, { plan: planned.value, quotes })
}

/** The paper's four, and the plain plans that say they are the best, some of them of price and wait. */
const plain: TryOne = (random) => {
  const { wish: asked, context } = randomCar(random)
  const { battery: _, powerLimits: __, minPower: ___, ...bare } = context
  const { arrival, departure, energy } = asked
  const durationMs = Math.min(departure - arrival, 3_600_000)
  const wish = { arrival, departure, energy, durationMs, waitingMicrosPerHour: BigInt(Math.floor(random() * 4)) * 500_000n }
  const plans = plansFor(wish, bare)
  for (const plan of plans) {
    const { violations, gap, quotes } = provePlan(wish, bare, plan)
    assert.deepEqual(violations, [])
    assert.ok(gap, 'nothing is proved of a plan')
    goesOnAsQuoted(wish, bare, { plan, quotes })
    for (const other of plans) {
      const more = plan.energy === other.energy ? plan.cost.totalMicros - other.cost.totalMicros : 0n
      // Three cents for rounded lines: a bound above another plan would be none.
      if ('costNanos' in gap) assert.ok(gap.costNanos + 30_000_000n >= more * 1_000n, `a bound is above another plan by ${more}`)
    }
  }
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

const bookings: TryOne = (random) => {
  const supply = randomNetwork(random)
  const network = openNetwork(supply)
  if (!network.ok) assert.fail(JSON.stringify(network.failure))
  const ledger = openLedger(supply)
  for (const driver of supply.drivers) {
    const booked = bookOne(network.value, driver)
    if (!booked.ok) assert.fail(JSON.stringify(booked.failure))
    assert.deepEqual(checkBooking(ledger, driver, booked.value.outcomes[0]!.outcome), [])
  }
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
  { name: 'plain plans', count: 1_000, tryOne: plain },
  { name: 'sites', count: 3_000, tryOne: site(randomProblem) },
  { name: 'sites with fair shares', count: 1_000, tryOne: site(crowdedProblem) },
  { name: 'sites in full', count: 300, tryOne: fullSite },
  { name: 'networks', count: 500, tryOne: network },
  { name: 'bookings in networks', count: 2_000, tryOne: bookings },
  { name: 'steered sites', count: 500, tryOne: steering },
]
