import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, milliseconds, seeded, volts, wattHours, watts } from '@voltway/units'
import { microsPerKwh } from '../site/index.ts'
import { checkFullSitePlan } from './check-full-site-plan.ts'
import { powerOf } from './full-site-plan.ts'
import type { FullSiteCar, FullSiteProblem, PhaseSwitching } from './full-site-problem.ts'
import { leastOfSwitched } from './switch-bound.ts'
import { checked, planned } from './testing/against-oracle.ts'
import { randomFullSite } from './testing/random-full-site.ts'

const HOUR_MS = 3_600_000
const current = { least: amperes(6), most: amperes(32), step: amperes(1), volts: volts(230) }
const car: FullSiteCar = { arriveSlot: 0, departSlot: 4, need: wattHours(8_000), maxPower: watts(22_080), node: 0, current }

const site = (limits: readonly number[], cars: readonly FullSiteCar[]): FullSiteProblem => ({
  slotLength: milliseconds(HOUR_MS),
  pricePerKwh: limits.map((_, slot) => microsPerKwh(200_000 + slot)),
  nodes: [{ limit: limits.map(watts) }],
  cars,
})
const switched = (hold: Omit<PhaseSwitching, 'switchable'> = {}): FullSiteCar => ({ ...car, connection: { switchable: 'L1', ...hold } })
const phasesOf = (problem: FullSiteProblem) => [...checked(problem).plan.phases]

test('below what three phases need at least, a car that can be switched charges on one, and another does not charge', () => {
  const tight = [3_000, 3_000, 3_000, 3_000]
  const [can, cannot] = [checked(site(tight, [switched()])), checked(site(tight, [car]))]
  assert.deepEqual([...powerOf(can.plan, 0)], [2_990, 2_990, 2_070, 0])
  assert.deepEqual([...can.plan.phases].slice(0, 3), [1, 1, 1])
  assert.deepEqual(can.plan.shortfalls, [])
  assert.deepEqual([...powerOf(cannot.plan, 0)], [0, 0, 0, 0])
})

test('where there is room for three phases it uses them', () => {
  const { plan } = checked(site([22_080, 22_080, 22_080, 22_080], [{ ...switched(), need: wattHours(22_080) }]))
  assert.deepEqual([plan.powerW[0], plan.phases[0]], [22_080, 3])
})

const upAndDown = [22_080, 3_000, 22_080, 3_000, 22_080, 3_000]
const hungry = (hold: Omit<PhaseSwitching, 'switchable'>) =>
  site(upAndDown, [{ ...switched(hold), departSlot: 6, need: wattHours(60_000) }])
const switchesIn = (phases: readonly number[]) => phases.filter((now, at) => at > 0 && now !== phases[at - 1]).length

test('a car is switched as often as that helps, or as it may be', () => {
  const free = { ...hungry({}), cars: [{ ...hungry({}).cars[0]!, need: wattHours(75_210) }] }
  assert.deepEqual(phasesOf(free), [3, 1, 3, 1, 3, 1])
  assert.ok(switchesIn(phasesOf(hungry({ leastHold: 3 }))) <= 1)
  assert.equal(switchesIn(phasesOf(hungry({ leastHold: 6, inUse: 3, heldFor: 6 }))), 0)
})

test('a car that was switched just before stays so until it may be switched again', () => {
  assert.deepEqual(phasesOf(hungry({ leastHold: 3, inUse: 1, heldFor: 2 })).slice(0, 2), [1, 1])
  assert.deepEqual(phasesOf(hungry({ leastHold: 3, inUse: 3, heldFor: 2 })).slice(0, 2), [3, 3])
  assert.equal(phasesOf(hungry({ leastHold: 3, inUse: 1, heldFor: 0 }))[0], 3)
})

test('an idle car is not switched', () => {
  const idle = { ...switched({ leastHold: 2, inUse: 3, heldFor: 2 }), need: wattHours(0) }
  assert.deepEqual(phasesOf(site([9_000, 9_000, 9_000, 9_000], [idle])), [3, 3, 3, 3])
})

test('little sun charges a car on one phase rather than being fed in', () => {
  const noon = {
    ...site([22_080, 22_080, 22_080, 22_080], [{ ...switched(), need: wattHours(5_520) }]),
    solar: {
      power: [2_000, 2_000, 2_000, 2_000].map(watts),
      feedInPerKwh: [80_000, 80_000, 80_000, 80_000].map(microsPerKwh),
    },
  }
  const { plan } = checked(noon)
  assert.deepEqual([...plan.phases], [1, 1, 1, 1])
  assert.equal(plan.cost.energyNanos - plan.cost.withoutCarsNanos, (5_520_000n * 80_000n) / 1_000n)
})

test('a checker finds switches that come too soon, and phases that nobody has', () => {
  const problem = hungry({ leastHold: 3, inUse: 3, heldFor: 2 })
  const { plan, certificate } = planned(problem)
  const codes = (phases: readonly number[]) =>
    new Set(checkFullSitePlan(problem, { ...plan, phases: Uint8Array.from(phases) }, certificate).violations.map(({ code }) => code))
  assert.ok(codes([1, 1, 1, 1, 1, 1]).has('switches'))
  assert.ok(codes([3, 3, 1, 1, 3, 3]).has('switches'))
  assert.ok(!codes([3, 3, 1, 1, 1, 3]).has('switches'))
  assert.ok(codes([3, 2, 3, 3, 3, 3]).has('power'))
})

const withConnection = (problem: FullSiteProblem, connection: FullSiteCar['connection']): FullSiteProblem => ({
  ...problem,
  cars: problem.cars.map((one) => ({ ...one, maxPower: watts(11_040), leastPower: undefined, current, connection })),
})

test('being able to switch never costs more within the certified gap, and all in all much less', () => {
  const random = seeded(61)
  let [fixed, free, held] = [0n, 0n, 0n]
  for (let round = 0; round < 5; round++) {
    const problem = randomFullSite(random, { phases: true, steps: true, cars: 4 })
    const three = checked(withConnection(problem, 'three'))
    const able = checked(withConnection(problem, { switchable: 'L2' }))
    const holds = checked(withConnection(problem, { switchable: 'L2', leastHold: 3 }))
    assert.ok(able.boundNanos <= three.carsNanos && holds.boundNanos <= three.carsNanos, `round ${round}`)
    assert.ok(able.boundNanos <= holds.carsNanos, `round ${round}`)
    fixed += three.carsNanos
    free += able.carsNanos
    held += holds.carsNanos
  }
  assert.ok(free < fixed && held < fixed && free <= held, `${fixed} ${free} ${held}`)
})

/** All ways to be on one phase or three in six slots. */
const ALL = Array.from({ length: 2 ** 6 }, (_, code) => Array.from({ length: 6 }, (_, at) => (code >> at) & 1))

test('the bound of a car that is switched is the least of all ways that it may be', () => {
  const random = seeded(62)
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const drawings = [
    { phases: 1 as const, from: [0], least: 1, most: 1, step: 1 },
    { phases: 3 as const, from: [0, 1, 2], least: 1, most: 1, step: 1 },
  ]
  for (let round = 0; round < 60; round++) {
    const ways = [0, 1].map(() => Array.from({ length: 6 }, () => whole(-20, 5)))
    const leastHold = whole(1, 4)
    const inUse = ([1, 3, undefined] as const)[whole(0, 2)]
    const heldFor = inUse === undefined ? 0 : whole(0, 3)
    const isAllowed = (way: readonly number[]) => {
      const before = inUse === undefined ? way[0] : inUse === 3 ? 1 : 0
      const switches = way.flatMap((now, at) => (now === (at === 0 ? before : way[at - 1]) ? [] : [at]))
      return switches.every((at, index) => at >= heldFor && (index === 0 || at - switches[index - 1]! >= leastHold))
    }
    const costs = ALL.filter(isAllowed).map((way) => way.reduce((sum, now, at) => sum + Math.min(0, ways[now]![at]!), 0))
    assert.equal(leastOfSwitched(drawings, ways, { switchable: 'L1', leastHold, inUse, heldFor }), Math.min(...costs), `round ${round}`)
  }
})
