import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planSite } from '@voltway/domain/planning/site'
import { madeUpStays } from '../sessions.ts'
import { costOnly, earliestDeadline, firstCome, inOrder, leastLaxity, roundRobin, steered, uncontrolled } from './policies.ts'
import { simulateDay } from './simulate-day.ts'
import { siteDays } from './site-days.ts'

const stays = madeUpStays(400)
const { tested, history } = siteDays(
  { before: stays.slice(200), tested: stays.slice(0, 200) },
  { days: 1, tightness: 0.4, data: undefined },
)
const { day, problem } = tested[0]!

test('no policy but the uncontrolled exceeds a limit, and none is better than the hindsight optimum', () => {
  const best = planSite(problem)
  assert.ok(best.ok)
  const needed = problem.cars.reduce((sum, { need }) => sum + need, 0)
  const most = needed - best.value.plan.totalShortfall
  assert.ok(simulateDay(problem, uncontrolled(problem)).overCapSlots > 0)
  const orders = [firstCome, earliestDeadline, leastLaxity].map((rank) => inOrder(rank)(problem))
  for (const policy of [...orders, roundRobin(problem), costOnly(problem)]) {
    const { overCapSlots, peakOverCap, deliveredWh } = simulateDay(problem, policy)
    assert.equal(overCapSlots, 0)
    assert.ok(peakOverCap <= 1)
    assert.ok(deliveredWh <= most)
  }
})

test('a controller that knows the days before delivers more than a plan of those who are there, for less than the order of laxity', () => {
  const few = { days: 3 }
  const [ours, cheapest, lax] = [steered(problem, { day, history, caution: few }), costOnly(problem), inOrder(leastLaxity)(problem)].map(
    (policy) => simulateDay(problem, policy),
  )
  assert.equal(ours!.overCapSlots, 0)
  assert.ok(ours!.deliveredWh > cheapest!.deliveredWh)
  assert.ok(ours!.costEur / ours!.deliveredWh < lax!.costEur / lax!.deliveredWh)
})

test('the days that are learnt from come before the tested ones', () => {
  assert.ok(history.filter((past) => past.day < day).length >= 20)
  assert.equal(history.filter((past) => past.day === day).length, 1)
})
