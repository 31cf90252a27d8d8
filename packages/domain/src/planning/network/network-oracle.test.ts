import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import fc from 'fast-check'
import type { Highs } from 'highs'
import { bookOne, openNetwork, release } from './book-one.ts'
import { checkNetworkPlan } from './check-network-plan.ts'
import { networkPlanOf } from './network-handle.ts'
import type { NetworkProblem } from './network-problem.ts'
import { planNetwork } from './plan-network.ts'
import { optimumOf } from './testing/network-oracle.ts'
import { randomDriver, randomNetwork } from './testing/random-network.ts'

const planned = (problem: NetworkProblem) => {
  const result = planNetwork(problem)
  assert.ok(result.ok, JSON.stringify(result.ok ? '' : result.failure))
  return result.value
}

test('random networks: no plan beats the oracle, no bound is above it, and nearly all plans are the best', async () => {
  const loadHighs: () => Promise<Highs> = createRequire(import.meta.url)('highs')
  const solver = await loadHighs()
  const random = seeded(3)
  const rounds = 80
  let best = 0
  let [cost, least] = [0, 0]
  for (let round = 0; round < rounds; round++) {
    const problem = randomNetwork(random)
    const { plan, certificate } = planned(problem)
    const optimum = optimumOf(solver, problem)
    const { violations, totalMicros, boundMicros } = checkNetworkPlan(problem, plan, certificate)
    assert.deepEqual(violations, [], `round ${round}`)
    assert.ok(Number(totalMicros) >= optimum, `round ${round}: ${totalMicros} is below ${optimum}`)
    assert.ok(Number(boundMicros) <= optimum, `round ${round}: the bound ${boundMicros} is above ${optimum}`)
    if (Number(totalMicros) === optimum) best++
    cost += Number(totalMicros)
    least += optimum
  }
  assert.ok(best >= 0.9 * rounds, `${best} of ${rounds}`)
  assert.ok(cost <= 1.005 * least, `${cost / least}`)
})

test('random networks: every plan keeps every rule, whatever the bookings and releases after it', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = seeded(seed)
      const problem = randomNetwork(random)
      const { network, certificate } = planned(problem)
      const held = new Map(networkPlanOf(network).plan.outcomes.entries())
      for (let change = 0; change < 12; change++) {
        const isArrival = random() < 0.5 || held.size === 0
        const gone = [...held.keys()][Math.floor(random() * held.size)]!
        const result = isArrival ? bookOne(network, randomDriver(random, problem.stations.length, problem.slots)) : release(network, gone)
        assert.ok(result.ok)
        if (result.value.released !== undefined) held.delete(result.value.released)
        for (const { driver, outcome } of result.value.outcomes) {
          assert.ok(held.get(driver) === undefined || held.get(driver) === 'taken', 'a promise is never changed')
          held.set(driver, outcome)
        }
      }
      const { numbers, drivers, plan } = networkPlanOf(network)
      assert.deepEqual(
        plan.outcomes,
        numbers.map((number) => held.get(number)),
        'the plan is what the deltas say',
      )
      const { violations } = checkNetworkPlan({ ...problem, drivers }, plan, certificate)
      // A start may be free for one who came while it was taken, and a wish whose place is freed is only tried at that station.
      assert.deepEqual(violations, [])
    }),
    { numRuns: 60, seed: 7 },
  )
})

test('one booking at a time without prices gives each what is cheapest of what is left', () => {
  const random = seeded(11)
  for (let round = 0; round < 20; round++) {
    const problem = randomNetwork(random)
    const opened = openNetwork(problem)
    assert.ok(opened.ok)
    for (const driver of problem.drivers) {
      const before = networkPlanOf(opened.value)
      const result = bookOne(opened.value, driver)
      assert.ok(result.ok)
      const [booked] = result.value.outcomes
      // Alone with what the others hold, a batch of one finds nothing cheaper.
      const taken = { ...problem, drivers: [driver], stations: withoutPromises(problem, before.plan.outcomes) }
      assert.deepEqual(costOf(booked!.outcome), costOf(planned(taken).plan.outcomes[0]!))
    }
  }
})

const costOf = (outcome: ReturnType<typeof networkPlanOf>['plan']['outcomes'][number]) =>
  typeof outcome === 'string' ? undefined : outcome.cost

const withoutPromises = ({ stations, slots }: NetworkProblem, outcomes: ReturnType<typeof networkPlanOf>['plan']['outcomes']) =>
  stations.map((station, at) => ({
    ...station,
    evses: station.evses.map((group, index) => ({
      ...group,
      count: Array.from({ length: slots }, (_, slot) => {
        const has = typeof group.count === 'number' ? group.count : group.count[slot]!
        const held = outcomes.filter(
          (outcome) =>
            typeof outcome !== 'string' &&
            outcome.station === at &&
            outcome.evses === index &&
            slot >= outcome.startSlot &&
            slot < outcome.startSlot + outcome.slots,
        )
        return has - held.length
      }),
    })),
  }))

test('the same problem is planned the same', () => {
  const problem = randomNetwork(seeded(5))
  assert.deepEqual(planned(problem).plan, planned(problem).plan)
})
