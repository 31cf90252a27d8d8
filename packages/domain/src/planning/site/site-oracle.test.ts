import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import fc from 'fast-check'
import type { Highs } from 'highs'
import { checkSitePlan } from './check-site-plan.ts'
import { planSite } from './plan-site.ts'
import { readInstance } from './read-instance.ts'
import { type SiteProblem, whPerSlot } from './site-problem.ts'
import { optimumOf } from './testing/lp-oracle.ts'
import { randomProblem } from './testing/random-problem.ts'

const fixture = (name: string) => JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8'))

interface Proven {
  readonly name: string
  readonly optEnergyCostEur: number
  readonly optShortfallKwh: number
}
const instances: readonly Proven[] = fixture('index.json')

const planned = (problem: SiteProblem) => {
  const result = planSite(problem)
  assert.ok(result.ok)
  return result.value
}

for (const { name, optEnergyCostEur, optShortfallKwh } of instances)
  test(`${name} is planned at its proven optimum`, () => {
    const read = readInstance(fixture(name))
    assert.ok(read.ok)
    const problem = read.value
    const { plan, certificate } = planned(problem)
    assert.equal(plan.totalShortfall, Math.round(optShortfallKwh * 1_000))
    // The index has six decimals.
    assert.ok(Math.abs(Number(plan.energyCostNanos) / 1e9 - optEnergyCostEur) <= 5.1e-7)
    const { violations, shortfallGapWh, costGapNanos } = checkSitePlan(problem, plan, certificate)
    assert.deepEqual([violations, shortfallGapWh, costGapNanos], [[], 0n, 0n])
  })

test('random sites are planned as a linear programme solver has them', async () => {
  const loadHighs: () => Promise<Highs> = createRequire(import.meta.url)('highs')
  const solver = await loadHighs()
  const random = seeded(20)
  for (let round = 0; round < 60; round++) {
    const problem = randomProblem(random)
    const { plan } = planned(problem)
    const optimum = optimumOf(solver, problem)
    assert.equal(plan.totalShortfall, optimum.shortfallWh, `round ${round}`)
    assert.ok(
      Math.abs(Number(plan.energyCostNanos) - optimum.costNanos) <= 1e-6 * Math.max(1e3, Math.abs(optimum.costNanos)),
      `round ${round}`,
    )
  }
})

test('random sites of any depth are proved by their certificates', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const problem = randomProblem(seeded(seed))
      const { plan, certificate } = planned(problem)
      const { violations, shortfallGapWh, costGapNanos } = checkSitePlan(problem, plan, certificate)
      assert.deepEqual([violations, shortfallGapWh, costGapNanos], [[], 0n, 0n])
    }),
    { seed: 3, numRuns: 1_000 },
  )
})

const costOf = (problem: SiteProblem) => {
  const { plan } = planned(problem)
  return { shortfall: plan.totalShortfall, cost: plan.energyCostNanos }
}
const isNoWorse = (after: ReturnType<typeof costOf>, before: ReturnType<typeof costOf>) =>
  after.shortfall < before.shortfall || (after.shortfall === before.shortfall && after.cost <= before.cost)

const metamorphic: [string, (problem: SiteProblem, random: () => number) => SiteProblem][] = [
  [
    'more capacity never costs more',
    (problem, random) => {
      const raised = Math.floor(random() * problem.nodes.length)
      const more = (watts: number) => (watts + 5_000) as never
      const nodes = problem.nodes.map((node, index) =>
        index === raised ? { ...node, limit: typeof node.limit === 'number' ? more(node.limit) : node.limit.map(more) } : node,
      )
      return { ...problem, nodes }
    },
  ],
  [
    'a cheaper slot never raises the bill',
    (problem, random) => {
      const cheaper = Math.floor(random() * problem.pricePerKwh.length)
      const { surplus, ...rest } = problem
      const pricePerKwh = problem.pricePerKwh.map((price, slot) => (slot === cheaper ? price - 40_000 : price) as never)
      const feedInPerKwh = surplus?.feedInPerKwh.map((price, slot) => Math.min(price, pricePerKwh[slot]!) as never)
      return { ...rest, pricePerKwh, ...(surplus && feedInPerKwh ? { surplus: { ...surplus, feedInPerKwh } } : {}) }
    },
  ],
  [
    'a car that stays a slot longer never makes it dearer',
    (problem, random) => {
      const patient = Math.floor(random() * problem.cars.length)
      const later = (slot: number) => Math.min(problem.pricePerKwh.length, slot + 1)
      return {
        ...problem,
        cars: problem.cars.map((car, index) => (index === patient ? { ...car, departSlot: later(car.departSlot) } : car)),
      }
    },
  ],
]
for (const [sentence, change] of metamorphic)
  test(sentence, () => {
    const random = seeded(8)
    for (let round = 0; round < 200; round++) {
      const problem = randomProblem(random)
      assert.ok(isNoWorse(costOf(change(problem, random)), costOf(problem)), `round ${round}`)
    }
  })

test('a car that cannot take anything changes nothing for the others', () => {
  const random = seeded(9)
  for (let round = 0; round < 100; round++) {
    const problem = randomProblem(random)
    const nodes = [...problem.nodes, { parent: 0, limit: 0 as never }]
    const idle = { ...problem.cars[0]!, node: problem.nodes.length }
    const [alone, withIdle] = [planned(problem).plan, planned({ ...problem, nodes, cars: [...problem.cars, idle] }).plan]
    assert.deepEqual(withIdle.energyWh.subarray(0, alone.energyWh.length), alone.energyWh)
    assert.equal(withIdle.totalShortfall, alone.totalShortfall + idle.need)
    assert.equal(withIdle.energyCostNanos, alone.energyCostNanos)
  }
})

test('the same problem is planned the same', () => {
  const problem = randomProblem(seeded(10))
  assert.deepEqual(planned(problem).plan, planned(problem).plan)
})

test('a limit that is no whole Wh in a slot is rounded down', () => {
  assert.deepEqual(
    [7_400, 7_399.9, 10, 3].map((power) => whPerSlot(power, 900_000 as never)),
    [1_850, 1_849, 2, 0],
  )
})
