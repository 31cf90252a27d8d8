import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { milliseconds, seeded, wattHours, watts } from '@voltway/units'
import type { Highs } from 'highs'
import { apportion } from './apportion.ts'
import { checkSitePlan } from './check-site-plan.ts'
import { planSite } from './plan-site.ts'
import { microsPerKwh, type SiteCar, type SiteProblem } from './site-problem.ts'
import { fairestOf, optimumOf } from './testing/lp-oracle.ts'
import { crowdedProblem, randomProblem } from './testing/random-problem.ts'

const loadHighs: () => Promise<Highs> = createRequire(import.meta.url)('highs')

const planned = (problem: SiteProblem) => {
  const result = planSite(problem)
  assert.ok(result.ok)
  return result.value
}
const deliveredOf = (problem: SiteProblem): readonly number[] => {
  const { shortfallWh } = planned(problem).plan
  return problem.cars.map(({ need }, car) => need - shortfallWh[car]!)
}

/** One slot of an hour and one limit, so that all compete for the same. */
const oneSlot = (limit: number, cars: readonly Partial<SiteCar>[]): SiteProblem => ({
  slotLength: milliseconds(3_600_000),
  pricePerKwh: [microsPerKwh(100_000)],
  nodes: [{ limit: watts(limit) }],
  cars: cars.map((car) => ({ arriveSlot: 0, departSlot: 1, need: wattHours(6_000), maxPower: watts(22_000), node: 0, ...car })),
  fairness: 'maxMin',
})

const shared: readonly [sentence: string, problem: SiteProblem, delivered: readonly number[]][] = [
  ['equal needs get equal energy', oneSlot(6_000, [{}, {}, {}]), [2_000, 2_000, 2_000]],
  ['who needs twice as much gets twice as much', oneSlot(9_000, [{}, { need: wattHours(12_000) }]), [3_000, 6_000]],
  ['what one cannot take goes to the others', oneSlot(6_000, [{ maxPower: watts(1_000) }, {}, {}]), [1_000, 2_500, 2_500]],
  ['a higher priority is served first', oneSlot(8_000, [{}, { priority: 1 }]), [2_000, 6_000]],
  ['a lower priority may get nothing', oneSlot(6_000, [{ priority: -1 }, {}, { priority: -2 }]), [0, 6_000, 0]],
  ['when all can be served all are', oneSlot(20_000, [{}, { priority: 1 }, {}]), [6_000, 6_000, 6_000]],
]
for (const [sentence, problem, delivered] of shared) test(sentence, () => assert.deepEqual(deliveredOf(problem), delivered))

test('priorities that differ share fairly without being asked to', () => {
  const { fairness: _, ...problem } = oneSlot(9_000, [{ priority: 1 }, {}, {}])
  assert.deepEqual(deliveredOf(problem), [6_000, 1_500, 1_500])
})

test('crowded sites are shared as linear programmes have it, at the least shortfall', async () => {
  const solver = await loadHighs()
  const random = seeded(31)
  let lacking = 0
  for (let round = 0; round < 10; round++) {
    const problem = crowdedProblem(random)
    const delivered = deliveredOf(problem)
    const total = delivered.reduce((sum, wh) => sum + wh, 0)
    const needed = problem.cars.reduce((sum, { need }) => sum + need, 0)
    assert.equal(needed - total, optimumOf(solver, problem).shortfallWh, `round ${round}`)
    if (total < needed) lacking++
    // Whole Wh can be apart from parts of them by rounding, of each car and of those that it competes with.
    for (const [car, wh] of fairestOf(solver, problem).entries())
      assert.ok(Math.abs(wh - delivered[car]!) <= 2, `round ${round}, car ${car}: ${delivered[car]} Wh, not ${wh}`)
  }
  assert.ok(lacking > 5)
})

test('crowded sites are proved fair, and the cheapest for what each car gets', () => {
  const random = seeded(32)
  for (let round = 0; round < 150; round++) {
    const problem = crowdedProblem(random)
    const { plan, certificate } = planned(problem)
    const { violations, shortfallGapWh, costGapNanos } = checkSitePlan(problem, plan, certificate)
    assert.deepEqual([violations, shortfallGapWh, costGapNanos], [[], 0n, 0n], `round ${round}`)
  }
})

test('fairness costs no energy, and nothing at all where everybody is served', () => {
  const random = seeded(33)
  for (let round = 0; round < 100; round++) {
    const problem = { ...randomProblem(random), fairness: 'maxMin' as const }
    const { fairness: _, ...plain } = problem
    const [fair, cheapest] = [planned(problem), planned(plain)]
    assert.equal(fair.plan.totalShortfall, cheapest.plan.totalShortfall, `round ${round}`)
    if (fair.plan.totalShortfall === 0) assert.deepEqual(fair.plan, cheapest.plan, `round ${round}`)
  }
})

test('the checker finds unfair plans, and proofs that prove nothing', () => {
  const problem = oneSlot(6_000, [{}, {}, { priority: -1 }])
  const { plan, certificate } = planned(problem)
  const codes = (change: Partial<typeof plan>, tiers = certificate.tiers) => [
    ...new Set(checkSitePlan(problem, { ...plan, ...change }, { ...certificate, tiers: tiers! }).violations.map(({ code }) => code)),
  ]
  assert.deepEqual(codes({}), [])
  const of = (...energies: number[]) => ({
    energyWh: Int32Array.from(energies),
    shortfallWh: Int32Array.from(energies, (wh) => 6_000 - wh),
  })
  assert.deepEqual(codes(of(3_002, 2_998, 0)), ['fairness'])
  assert.deepEqual(codes(of(3_000, 2_999, 1)), ['fairness'])
  assert.deepEqual(codes({}, { ...certificate.tiers!, nodeTier: Int32Array.of(9) }), ['fairness'])
  assert.deepEqual(codes({}, { ...certificate.tiers!, carTier: Int32Array.of(0) }), ['fairness'])
  assert.deepEqual(codes({}, { count: 0, carTier: new Int32Array(3), nodeTier: new Int32Array(1) }), ['fairness'])
  const { tiers: _, ...without } = certificate
  assert.deepEqual([...new Set(checkSitePlan(problem, plan, without).violations.map(({ code }) => code))], ['fairness'])
})

test('shares are whole, and in proportion to needs to the nearest unit', () => {
  assert.deepEqual(apportion(10, { needs: [10, 10, 10], most: [10, 10, 10] }), [4, 3, 3])
  assert.deepEqual(apportion(7, { needs: [1, 100], most: [1, 100] }), [0, 7])
  assert.deepEqual(apportion(100, { needs: [100, 100], most: [10, 100] }), [10, 90])
  assert.deepEqual(apportion(0, { needs: [5, 3], most: [5, 3] }), [0, 0])
  const random = seeded(34)
  for (let round = 0; round < 200; round++) {
    const needs = Array.from({ length: 1 + Math.floor(random() * 12) }, () => 1 + Math.floor(random() * 5_000))
    const most = needs.map((need) => Math.floor(random() * (need + 1)))
    const amount = Math.floor(random() * (most.reduce((sum, each) => sum + each, 0) + 1))
    const shares = apportion(amount, { needs, most })
    assert.equal(
      shares.reduce((sum, share) => sum + share, 0),
      amount,
    )
    for (const [from, share] of shares.entries())
      for (const [to, other] of shares.entries())
        if (share > 0 && other < most[to]!) assert.ok((share - 0.5) / needs[from]! <= ((other + 0.5) / needs[to]!) * (1 + 1e-12))
  }
})
