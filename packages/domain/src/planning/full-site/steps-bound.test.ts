import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, milliseconds, seeded, volts, wattHours, watts } from '@voltway/units'
import { microsPerKwh } from '../site/index.ts'
import { fullSiteBound } from './full-site-bound.ts'
import type { FullSiteCertificate } from './full-site-plan.ts'
import { type FullSiteCar, type FullSiteProblem, microsPerKw } from './full-site-problem.ts'
import { checked } from './testing/against-oracle.ts'

const SLOTS = 3
const SHORTFALL = 5_000_000
const powersOf = ({ current }: FullSiteCar): readonly number[] => {
  const { least, most, step } = current!
  const count = Math.floor((most - least) / step) + 1
  return [0, ...Array.from({ length: count }, (_, index) => 230 * (least + index * step))]
}

/** All ways in which a car can charge in three slots. */
const waysOf = (car: FullSiteCar): readonly (readonly number[])[] => {
  const powers = powersOf(car)
  const most = Math.max(...powers)
  const all = powers.flatMap((a) => powers.flatMap((b) => powers.map((c) => [a, b, c])))
  return all.filter((way) => way.reduce((sum, power) => sum + power, 0) < car.need * 4 + most)
}

/** In billionths: the least of all plans, by trying every one; a quarter of an hour to a slot. */
const leastOf = (problem: FullSiteProblem): number => {
  const [base, demand] = [problem.load!, problem.demandCharge!]
  const alone = Math.max(demand.peakSoFar, ...base)
  const lackOf = ({ need, current }: FullSiteCar, way: readonly number[]) => {
    const step = 230 * (current!.step === 1 ? 1 : 2)
    return Math.max(0, Math.ceil((need * 4) / step) * step - way.reduce((sum, power) => sum + power, 0))
  }
  let least = Number.POSITIVE_INFINITY
  const [first, second] = problem.cars as [FullSiteCar, FullSiteCar]
  for (const one of waysOf(first))
    for (const other of waysOf(second)) {
      const load = base.map((own, slot) => own + one[slot]! + other[slot]!)
      if (load.some((power) => power > (problem.nodes[0]!.limit as number))) continue
      const energy = load.reduce((sum, power, slot) => sum + (power - base[slot]!) * problem.pricePerKwh[slot]!, 0)
      const lacking = (lackOf(first, one) + lackOf(second, other)) * SHORTFALL
      least = Math.min(least, (energy + lacking) / 4 + demand.pricePerKw * (Math.max(alone, ...load) - alone))
    }
  return least
}

/** Two single-phase cars with few powers, a building and a dear peak. */
const smallSite = (whole: (from: number, to: number) => number): FullSiteProblem => ({
  slotLength: milliseconds(900_000),
  pricePerKwh: Array.from({ length: SLOTS }, () => microsPerKwh(whole(100_000, 400_000))),
  nodes: [{ limit: watts(whole(2_000, 6_000)) }],
  cars: Array.from({ length: 2 }, (): FullSiteCar => {
    const most = whole(7, 9)
    const current = { least: amperes(6), most: amperes(most), step: amperes(whole(1, 2)), volts: volts(230) }
    const need = wattHours(whole(1, Math.floor(0.7 * SLOTS * most * 57)))
    return { arriveSlot: 0, departSlot: SLOTS, need, maxPower: watts(most * 230), node: 0, connection: 'L1', current }
  }),
  load: Array.from({ length: SLOTS }, () => watts(whole(0, 1_500))),
  demandCharge: { pricePerKw: microsPerKw(whole(0, 2_000_000)), peakSoFar: watts(whole(0, 2_000)) },
  shortfallPerKwh: microsPerKwh(SHORTFALL),
})

const wholeBy = (seed: number) => {
  const random = seeded(seed)
  return (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
}

test('no prices and no cases make a bound above the cheapest of all plans, and those of the planner are often above prices alone', () => {
  const whole = wholeBy(11)
  let higher = 0
  for (let round = 0; round < 25; round++) {
    const problem = smallSite(whole)
    const least = leastOf(problem)
    const { certificate, boundNanos } = checked(problem)
    assert.ok(Number(boundNanos) <= least + 1, `round ${round}: ${boundNanos} is above ${least}`)
    if (Number(boundNanos) > fullSiteBound(problem, { ...certificate, cases: [] }) + 1e-3 * least) higher++
    for (let draw = 0; draw < 4; draw++) {
      const ends = Array.from({ length: whole(0, 3) }, () => whole(0, 6_000)).sort((a, b) => a - b)
      const carPrice = () => Float64Array.from({ length: 2 }, () => whole(-50_000, draw === 0 ? 9_000_000 : 700_000))
      const onPrice = () => Float64Array.from({ length: 2 }, () => whole(-4, 4) * 200_000_000)
      const cases = [...ends, Number.POSITIVE_INFINITY].map((upTo) => ({ upTo, carPrice: carPrice(), onPrice: onPrice() }))
      const bound = fullSiteBound(problem, { ...certificate, cases })
      assert.ok(bound <= least + 1, `round ${round}, draw ${draw}: ${bound} is above ${least}`)
    }
  }
  assert.ok(higher >= 8, `${higher}`)
})

/** One car that has to have 41 A over three slots: 14, 14 and 13. */
const threeSlots: FullSiteProblem = {
  ...smallSite(wholeBy(1)),
  pricePerKwh: [200_000, 200_000, 200_000].map(microsPerKwh),
  nodes: [{ limit: watts(22_000) }],
  cars: [
    {
      ...{ arriveSlot: 0, departSlot: 3, need: wattHours(Math.floor((40.2 * 690) / 4)), maxPower: watts(22_080), node: 0 },
      current: { least: amperes(6), most: amperes(32), step: amperes(1), volts: volts(230) },
    },
  ],
  load: [1_100, 700, 300].map(watts),
  demandCharge: { pricePerKw: microsPerKw(10_000_000), peakSoFar: watts(0) },
  shortfallPerKwh: microsPerKwh(90_000_000),
}

test('a peak that steps cannot fill is proved to be needed; by prices alone it is not', () => {
  const { plan, certificate, gap, carsNanos } = checked(threeSlots)
  assert.ok(gap <= 0.002, `${gap}`)
  assert.deepEqual(plan.shortfalls, [])
  const { cases, ...prices } = certificate
  assert.ok(cases && cases.length > 1)
  assert.ok(fullSiteBound(threeSlots, prices) < 0.995 * Number(carsNanos))
})

test('cases that leave peaks out prove nothing, nor do they where a car gives back', () => {
  const { certificate } = checked(threeSlots)
  const { cases, ...prices } = certificate
  const withoutLast: FullSiteCertificate = { ...prices, cases: cases!.slice(0, -1) }
  assert.equal(fullSiteBound(threeSlots, withoutLast), fullSiteBound(threeSlots, prices))
  const [only] = threeSlots.cars
  const vehicleToGrid = {
    ...{ maxPower: watts(5_000), stored: wattHours(20_000), leastStored: wattHours(0), mostStored: wattHours(40_000) },
    ...{ efficiencyIn: 1_000, efficiencyOut: 1_000, wearPerKwh: microsPerKwh(0) },
  } as FullSiteCar['vehicleToGrid']
  const giving = { ...threeSlots, cars: [{ ...only!, vehicleToGrid }] }
  assert.equal(fullSiteBound(giving, certificate), fullSiteBound(giving, prices))
})
