import assert from 'node:assert/strict'
import { test } from 'node:test'
import { milliseconds, seeded, type Watts, wattHours, watts } from '@voltway/units'
import { checkSitePlan } from './check-site-plan.ts'
import { planSite } from './plan-site.ts'
import { quoteSite } from './quote-site.ts'
import { replan, type SiteChange, type SiteDelta } from './replan.ts'
import { scheduleOf } from './site-plan.ts'
import { microsPerKwh, type SiteProblem } from './site-problem.ts'
import { carNumbers, problemOf, type SiteSolver, siteCertificateOf, sitePlanOf } from './site-solver.ts'
import { crowdedProblem, randomCar, randomProblem } from './testing/random-problem.ts'

const planned = (problem: SiteProblem) => {
  const result = planSite(problem)
  assert.ok(result.ok)
  return result.value
}
const replanned = (solver: SiteSolver, change: SiteChange): SiteDelta => {
  const result = replan(solver, change)
  assert.ok(result.ok)
  return result.value.delta
}
const whole = (random: () => number, below: number) => Math.floor(random() * below)

type Maker = (random: () => number, solver: SiteSolver) => SiteChange | undefined
const anyCar = (random: () => number, solver: SiteSolver) => carNumbers(solver)[whole(random, carNumbers(solver).length)]
const withCar = (make: (car: number, random: () => number, problem: SiteProblem) => SiteChange): Maker => {
  return (random, solver) => {
    const car = anyCar(random, solver)
    return car === undefined ? undefined : make(car, random, problemOf(solver))
  }
}
const limitOf = (random: () => number, problem: SiteProblem, scale: number): SiteChange => {
  const node = whole(random, problem.nodes.length)
  const { limit } = problem.nodes[node]!
  const before = typeof limit === 'number' ? problem.pricePerKwh.map(() => limit) : limit
  return {
    kind: 'limit',
    node,
    limit: before.map((value) => (random() < 0.4 ? watts(Math.floor((value * scale) / 4) * 4) : value) as Watts),
  }
}

const MAKERS: Readonly<Record<string, Maker>> = {
  'an arrival': (random, solver) => {
    const { pricePerKwh, nodes } = problemOf(solver)
    return { kind: 'arrival', car: randomCar(random, pricePerKwh.length, nodes.length) }
  },
  'a departure': withCar((car) => ({ kind: 'departure', car })),
  'another need': withCar((car, random) => ({ kind: 'wish', car, wish: { need: wattHours(1 + whole(random, 8_000)) } })),
  'another window': withCar((car, random, { pricePerKwh, nodes }) => ({
    kind: 'wish',
    car,
    wish: randomCar(random, pricePerKwh.length, nodes.length),
  })),
  'a cut limit': (random, solver) => limitOf(random, problemOf(solver), 0.6),
  'a raised limit': (random, solver) => limitOf(random, problemOf(solver), 1.8),
  'other prices in some slots': (random, solver) => {
    const { pricePerKwh, surplus } = problemOf(solver)
    const prices = pricePerKwh.map((price) => microsPerKwh(random() < 0.3 ? price + whole(random, 200_000) - 100_000 : price))
    if (!surplus) return { kind: 'prices', pricePerKwh: prices }
    const feedInPerKwh = surplus.feedInPerKwh.map((price, slot) => microsPerKwh(Math.min(price, prices[slot]!)))
    return { kind: 'prices', pricePerKwh: prices, surplus: { ...surplus, feedInPerKwh } }
  },
}

/** A plan as somebody keeps it who is told nothing but the deltas: by car, by slot. */
type Book = Map<number, Map<number, number>>
const bookOf = (solver: SiteSolver): Book => {
  const plan = sitePlanOf(solver)
  const { cars } = problemOf(solver)
  return new Map(
    carNumbers(solver).map((car, index) => {
      const energies = [...scheduleOf(plan, index)].map((energy, at) => [cars[index]!.arriveSlot + at, energy] as const)
      return [car, new Map(energies.filter(([, energy]) => energy > 0))]
    }),
  )
}
const follow = (book: Book, { arrived, departed, replaced, energies }: SiteDelta): void => {
  if (departed !== undefined) book.delete(departed)
  for (const car of [arrived, replaced]) if (car !== undefined) book.set(car, new Map())
  for (const { car, slot, energy } of energies) {
    if (energy === 0) book.get(car)?.delete(slot)
    else book.get(car)?.set(slot, energy)
  }
}
const sorted = (book: Book) => [...book].map(([car, energies]) => [car, [...energies].sort(([a], [b]) => a - b)])

const isBest = (solver: SiteSolver, delta: SiteDelta, sentence: string): void => {
  const [problem, plan] = [problemOf(solver), sitePlanOf(solver)]
  const { violations, shortfallGapWh, costGapNanos } = checkSitePlan(problem, plan, siteCertificateOf(solver))
  assert.deepEqual([violations, shortfallGapWh, costGapNanos], [[], 0n, 0n], sentence)
  const afresh = planned(problem).plan
  assert.deepEqual([delta.totalShortfall, delta.energyCostNanos], [afresh.totalShortfall, afresh.energyCostNanos], sentence)
}

for (const [name, make] of Object.entries(MAKERS))
  test(`after ${name} the plan is as good as one made afresh, and the deltas tell all of it`, () => {
    const random = seeded(name.length)
    for (let round = 0; round < 150; round++) {
      const { solver } = planned(randomProblem(random))
      const book = bookOf(solver)
      for (let step = 0; step < 4; step++) {
        const change = make(random, solver)
        if (!change) break
        const delta = replanned(solver, change)
        follow(book, delta)
        isBest(solver, delta, `round ${round}, step ${step}`)
        assert.deepEqual(sorted(book), sorted(bookOf(solver)), `round ${round}, step ${step}`)
      }
    }
  })

test('after a day of all changes together the plan is as good as one made afresh', () => {
  const random = seeded(77)
  const makers = Object.values(MAKERS)
  for (let round = 0; round < 40; round++) {
    const { solver } = planned(randomProblem(random))
    const book = bookOf(solver)
    for (let step = 0; step < 40; step++) {
      const change = makers[whole(random, makers.length)]!(random, solver)
      if (!change) continue
      const delta = replanned(solver, change)
      follow(book, delta)
      isBest(solver, delta, `round ${round}, step ${step}, ${change.kind}`)
      assert.deepEqual(sorted(book), sorted(bookOf(solver)), `round ${round}, step ${step}`)
    }
  }
})

test('where not all can be served, the plan after any change is as fair and as cheap as one made afresh', () => {
  const random = seeded(78)
  const priority: Maker = withCar((car, random) => ({ kind: 'wish', car, wish: { priority: whole(random, 3) } }))
  const makers = [...Object.values(MAKERS), priority, MAKERS['a departure']!]
  let settled = 0
  for (let round = 0; round < 14; round++) {
    const { solver } = planned(crowdedProblem(random))
    const book = bookOf(solver)
    for (let step = 0; step < 16; step++) {
      const change = makers[whole(random, makers.length)]!(random, solver)
      if (!change) continue
      const delta = replanned(solver, change)
      follow(book, delta)
      isBest(solver, delta, `round ${round}, step ${step}, ${change.kind}`)
      const [now, afresh] = [sitePlanOf(solver).shortfallWh, planned(problemOf(solver)).plan.shortfallWh]
      assert.deepEqual(now, afresh, `round ${round}, step ${step}, ${change.kind}`)
      assert.deepEqual(sorted(book), sorted(bookOf(solver)), `round ${round}, step ${step}, ${change.kind}`)
      if (siteCertificateOf(solver).tiers !== undefined) settled++
    }
  }
  assert.ok(settled > 50 && settled < 215, `${settled}`)
})

const twoSlots = (limit: number): SiteProblem => ({
  slotLength: milliseconds(3_600_000),
  pricePerKwh: [100_000, 300_000].map(microsPerKwh),
  nodes: [{ limit: watts(limit) }],
  cars: [{ arriveSlot: 0, departSlot: 2, need: wattHours(4_000), maxPower: watts(4_000), node: 0 }],
})

test('an arrival that can only use the cheap slot moves the flexible car, and nothing else', () => {
  const { solver } = planned(twoSlots(4_000))
  const car = { arriveSlot: 0, departSlot: 1, need: wattHours(1_000), maxPower: watts(4_000), node: 0 }
  const { energies, arrived } = replanned(solver, { kind: 'arrival', car })
  assert.equal(arrived, 1)
  assert.deepEqual(
    energies.toSorted((a, b) => a.car - b.car || a.slot - b.slot),
    [
      { car: 0, slot: 0, energy: 3_000 },
      { car: 0, slot: 1, energy: 1_000 },
      { car: 1, slot: 0, energy: 1_000 },
    ],
  )
})

test('a quote is what one more Wh makes the site pay, where others must move too', () => {
  const { solver } = planned(twoSlots(4_000))
  assert.deepEqual(quoteSite(solver, { node: 0, arriveSlot: 0, departSlot: 1 }), { slots: [300_000], lowest: 300_000 })
  assert.deepEqual(quoteSite(planned(twoSlots(5_000)).solver, { node: 0, arriveSlot: 0, departSlot: 2 }).lowest, 100_000)
  assert.deepEqual(quoteSite(planned(twoSlots(0)).solver, { node: 0, arriveSlot: 0, departSlot: 1 }), {
    slots: [undefined],
    lowest: undefined,
  })
})

test('a change that makes no sense is refused by its field, and changes nothing', () => {
  const { solver } = planned(twoSlots(4_000))
  const before = sitePlanOf(solver)
  const nonsense: [string, SiteChange][] = [
    ['car', { kind: 'departure', car: 7 }],
    ['car', { kind: 'wish', car: 7, wish: {} }],
    ['wish.departSlot', { kind: 'wish', car: 0, wish: { departSlot: 0 } }],
    ['car.need', { kind: 'arrival', car: { ...twoSlots(0).cars[0]!, need: wattHours(Number.NaN) } }],
    ['node', { kind: 'limit', node: 3, limit: watts(1) }],
    ['nodes[0].limit', { kind: 'limit', node: 0, limit: watts(-1) }],
    ['pricePerKwh', { kind: 'prices', pricePerKwh: [] }],
    ['pricePerKwh[1]', { kind: 'prices', pricePerKwh: [microsPerKwh(1), microsPerKwh(Number.NaN)] }],
  ]
  for (const [field, change] of nonsense) {
    const result = replan(solver, change)
    assert.equal(result.ok ? 'accepted' : result.failure[0]?.field, field)
  }
  assert.deepEqual(sitePlanOf(solver), before)
})
