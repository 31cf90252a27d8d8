import assert from 'node:assert/strict'
import { test } from 'node:test'
import { milliseconds, wattHours, watts } from '@voltway/units'
import { checkSitePlan } from './check-site-plan.ts'
import { planSite } from './plan-site.ts'
import { microsPerKwh, type SiteCar, type SiteFault, type SiteNode, type SiteProblem } from './site-problem.ts'

const hour = milliseconds(3_600_000)
const prices = [100_000, 200_000, 300_000].map(microsPerKwh)
const car: SiteCar = { arriveSlot: 0, departSlot: 3, need: wattHours(5_000), maxPower: watts(4_000), node: 0 }
const site: SiteProblem = { slotLength: hour, pricePerKwh: prices, nodes: [{ limit: watts(10_000) }], cars: [car] }

const withCar = (change: Partial<SiteCar>): SiteProblem => ({ ...site, cars: [car, { ...car, ...change }] })
const withNode = (node: SiteNode): SiteProblem => ({ ...site, nodes: [...site.nodes, node] })
const sun = (power: readonly number[], feedIn: readonly number[]): SiteProblem => ({
  ...site,
  surplus: { power: power.map(watts), feedInPerKwh: feedIn.map(microsPerKwh) },
})

const faulty: readonly [sentence: string, problem: SiteProblem, code: SiteFault['code'], field: string][] = [
  ['a car that leaves before it comes', withCar({ arriveSlot: 2, departSlot: 1 }), 'contradiction', 'cars[1].departSlot'],
  ['a car that leaves as it comes', withCar({ arriveSlot: 2, departSlot: 2 }), 'contradiction', 'cars[1].departSlot'],
  ['a car before the first slot', withCar({ arriveSlot: -1 }), 'range', 'cars[1].arriveSlot'],
  ['a car after the last slot', withCar({ departSlot: 4 }), 'range', 'cars[1].departSlot'],
  ['half a slot', withCar({ arriveSlot: 0.5 }), 'notWhole', 'cars[1].arriveSlot'],
  ['no energy', withCar({ need: wattHours(0) }), 'range', 'cars[1].need'],
  ['less than no energy', withCar({ need: wattHours(-1) }), 'range', 'cars[1].need'],
  ['energy that is no number', withCar({ need: wattHours(Number.NaN) }), 'notANumber', 'cars[1].need'],
  ['parts of a Wh', withCar({ need: wattHours(0.5) }), 'notWhole', 'cars[1].need'],
  ['power that is no number', withCar({ maxPower: watts(Number.NaN) }), 'notANumber', 'cars[1].maxPower'],
  ['power without end', withCar({ maxPower: watts(Number.POSITIVE_INFINITY) }), 'notANumber', 'cars[1].maxPower'],
  ['no power', withCar({ maxPower: watts(0) }), 'range', 'cars[1].maxPower'],
  ['a node that is not there', withCar({ node: 1 }), 'unknown', 'cars[1].node'],
  ['a priority that is no number', withCar({ priority: Number.NaN }), 'notANumber', 'cars[1].priority'],
  ['half a priority', withCar({ priority: 0.5 }), 'notWhole', 'cars[1].priority'],
  ['fairness of an unknown kind', { ...site, fairness: 'equal' as never }, 'unknown', 'fairness'],
  ['no slots', { ...site, pricePerKwh: [] }, 'empty', 'pricePerKwh'],
  ['a price that is no number', { ...site, pricePerKwh: [...prices.slice(1), microsPerKwh(Number.NaN)] }, 'notANumber', 'pricePerKwh[2]'],
  ['parts of a micro', { ...site, pricePerKwh: prices.with(0, microsPerKwh(0.5)) }, 'notWhole', 'pricePerKwh[0]'],
  ['a price beyond all sense', { ...site, pricePerKwh: prices.with(0, microsPerKwh(1e12)) }, 'range', 'pricePerKwh[0]'],
  ['slots of no length', { ...site, slotLength: milliseconds(0) }, 'range', 'slotLength'],
  ['no site', { ...site, nodes: [] }, 'empty', 'nodes'],
  ['something above the site', { ...site, nodes: [{ parent: 0, limit: watts(1) }] }, 'contradiction', 'nodes[0].parent'],
  ['a second site', withNode({ limit: watts(1) }), 'contradiction', 'nodes[1].parent'],
  ['a limit inside itself', withNode({ parent: 1, limit: watts(1) }), 'contradiction', 'nodes[1].parent'],
  ['a negative limit', withNode({ parent: 0, limit: watts(-1) }), 'range', 'nodes[1].limit'],
  ['a limit that is no number', withNode({ parent: 0, limit: [1, 2, Number.NaN].map(watts) }), 'notANumber', 'nodes[1].limit[2]'],
  ['a limit for too few slots', withNode({ parent: 0, limit: [1, 2].map(watts) }), 'length', 'nodes[1].limit'],
  ['sun for too few slots', sun([1], [0, 0, 0]), 'length', 'surplus.power'],
  ['negative sun', sun([1, -1, 1], [0, 0, 0]), 'range', 'surplus.power[1]'],
  ['feeding in above the price of import', sun([1, 1, 1], [0, 200_001, 0]), 'contradiction', 'surplus.feedInPerKwh[1]'],
]
for (const [sentence, problem, code, field] of faulty)
  test(`${sentence} is refused, and named`, () => {
    const result = planSite(problem)
    const faults = result.ok ? [] : result.failure
    assert.ok(
      faults.some((fault) => fault.code === code && fault.field === field && fault.message !== ''),
      JSON.stringify(faults),
    )
  })

test('everything that is wrong is named at once', () => {
  const result = planSite({ ...site, slotLength: milliseconds(-1), cars: [{ ...car, need: wattHours(0), node: 9 }] })
  assert.deepEqual(result.ok ? [] : result.failure.map(({ field }) => field), ['slotLength', 'cars[0].need', 'cars[0].node'])
})

const reasonsOf = (problem: SiteProblem) => {
  const result = planSite(problem)
  assert.ok(result.ok)
  const { plan, certificate } = result.value
  const check = checkSitePlan(problem, plan, certificate)
  assert.deepEqual([check.violations, check.shortfallGapWh, check.costGapNanos], [[], 0n, 0n])
  return check.cars.map((reason, index) => ({ ...reason, lacks: plan.shortfallWh[index] }))
}

test('a wish beyond the car’s own power is a shortfall for lack of time', () => {
  const [reason] = reasonsOf({ ...site, cars: [{ ...car, need: wattHours(13_000) }] })
  assert.deepEqual(reason, { code: 'tooLittleTime', marginalPerKwh: undefined, lacks: 1_000 })
})

test('a wish beyond a limit is a shortfall that names the limit', () => {
  const nodes: SiteNode[] = [{ limit: watts(9_000) }, { parent: 0, limit: watts(1_000) }]
  const [reason] = reasonsOf({ ...site, nodes, cars: [{ ...car, node: 1 }] })
  assert.deepEqual(reason, { code: 'limits', marginalPerKwh: undefined, at: { node: 1, slot: 0 }, lacks: 2_000 })
})

test('a car that pays more for a full feeder is told which, and one that does not is told so', () => {
  const nodes: SiteNode[] = [{ limit: watts(9_000) }, { parent: 0, limit: watts(2_000) }]
  const reasons = reasonsOf({ ...site, nodes, cars: [{ ...car, node: 1 }, car] })
  assert.deepEqual(reasons, [
    { code: 'congested', marginalPerKwh: 300_000, at: { node: 1, slot: 0 }, lacks: 0 },
    { code: 'cheapestSlots', marginalPerKwh: 200_000, lacks: 0 },
  ])
})

test('nobody at all is a plan of nothing', () => assert.deepEqual(reasonsOf({ ...site, cars: [] }), []))

test('the checker finds every lie', () => {
  const result = planSite({ ...site, nodes: [{ limit: watts(3_000) }] })
  assert.ok(result.ok)
  const { plan, certificate } = result.value
  const problem = { ...site, nodes: [{ limit: watts(3_000) }] }
  const codes = (change: Partial<typeof plan>, prices = certificate) => [
    ...new Set(checkSitePlan(problem, { ...plan, ...change }, prices).violations.map(({ code }) => code)),
  ]
  assert.deepEqual(codes({}), [])
  assert.deepEqual(codes({ energyWh: Int32Array.of(-1, 3_000, 2_001) }), ['energy', 'cost'])
  assert.deepEqual(codes({ energyWh: Int32Array.of(5_000, 0, 0) }), ['power', 'limit', 'cost'])
  assert.deepEqual(codes({ energyWh: Int32Array.of(3_000, 2_000, 1_000) }), ['need', 'shortfall', 'cost'])
  assert.deepEqual(codes({ energyWh: Int32Array.of(3_000, 0, 0) }), ['shortfall', 'cost'])
  assert.deepEqual(codes({ shortfallWh: Int32Array.of(1) }), ['shortfall'])
  assert.deepEqual(codes({ totalShortfall: wattHours(0.5) }), ['shortfall'])
  assert.deepEqual(codes({ totalShortfall: wattHours(Number.NaN), energyWh: Int32Array.of(3_000) }), ['shape'])
  assert.deepEqual(codes({ energyCostNanos: 1n }), ['cost'])
  assert.deepEqual(codes({ energyWh: Int32Array.of(3_000) }), ['shape'])
  assert.deepEqual(codes({}, { ...certificate, carPrice: Float64Array.of(Number.NaN) }), ['certificate'])
  const dear = { ...plan, energyWh: Int32Array.of(2_000, 3_000, 0), energyCostNanos: 800_000_000n }
  assert.equal(checkSitePlan(problem, dear, certificate).costGapNanos, 100_000_000n)
})

test('no certificate can prove a dear plan cheap', () => {
  const result = planSite(site)
  assert.ok(result.ok)
  const { plan, certificate } = result.value
  const dear = { ...plan, energyWh: Int32Array.of(1_000, 4_000, 0), energyCostNanos: 900_000_000n }
  for (const price of [0, 100_000, 200_000, 300_000, 300_001, 5_000_000]) {
    const prices = { ...certificate, carPrice: Float64Array.of(price), nodePrice: certificate.nodePrice.map(() => price) }
    assert.ok(checkSitePlan(site, dear, prices).costGapNanos >= 300_000_000n, `at ${price}`)
  }
})
