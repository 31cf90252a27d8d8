import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, milliseconds, seeded, volts, wattHours, watts } from '@voltway/units'
import { microsPerKwh } from '../site/index.ts'
import { leastWanted, reachesOf } from './car-counts.ts'
import { countsBound } from './counts-bound.ts'
import { fullModelOf } from './full-model.ts'
import type { FullSiteProblem } from './full-site-problem.ts'
import { hoursOf, shortfallPriceOf } from './full-site-rules.ts'

const SLOTS = 3

/** One car with few powers over three slots that have different room: on a single phase, or switched between one and three. */
const oneCar = (whole: (from: number, to: number) => number): FullSiteProblem => {
  const most = whole(7, 10)
  const connection = whole(0, 1) === 0 ? 'L1' : ({ switchable: 'L1' } as const)
  const phases = connection === 'L1' ? 1 : 3
  const current = { least: amperes(6), most: amperes(most), step: amperes(whole(1, 2)), volts: volts(230) }
  return {
    slotLength: milliseconds(900_000),
    pricePerKwh: Array.from({ length: SLOTS }, () => microsPerKwh(200_000)),
    nodes: [{ limit: watts(3_000 * phases) }],
    load: Array.from({ length: SLOTS }, () => watts(whole(0, 3_000))),
    cars: [
      {
        ...{
          arriveSlot: 0,
          departSlot: SLOTS,
          need: wattHours(whole(1, 60 * most * phases * SLOTS)),
          maxPower: watts(most * phases * 230),
          node: 0,
        },
        ...{ connection, current },
      },
    ],
  }
}

/** The same by every course of powers that the car has below a peak. */
const leastOf = (problem: FullSiteProblem, at: { readonly price: number; readonly on: number; readonly high: number }): number => {
  const { cars, siteMost, base } = fullModelOf(problem)
  const { modes, needInSteps, most, shortfallPrice } = cars[0]!
  const powersIn = (slot: number) => {
    const room = Math.min(siteMost[slot]!, at.high - base[slot]!)
    const powers = modes.flatMap(({ least, step, most: top }) =>
      Array.from({ length: Math.floor((top - least) / step) + 1 }, (_, index) => least + index * step),
    )
    return [0, ...powers.filter((watt) => watt <= room)]
  }
  let bound = Number.POSITIVE_INFINITY
  for (const a of powersIn(0))
    for (const b of powersIn(1))
      for (const c of powersIn(2)) {
        const [energy, on] = [a + b + c, [a, b, c].filter((watt) => watt > 0).length]
        if (energy > most) continue
        bound = Math.min(bound, at.price * energy + at.on * on + shortfallPrice * Math.max(0, needInSteps - energy))
      }
  return bound
}

test('what a car must pay by energy and slots is never above its cheapest course, mostly equal to it, and the same in planner and checker', () => {
  const random = seeded(5)
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  let equal = 0
  for (let round = 0; round < 400; round++) {
    const problem = oneCar(whole)
    const at = { price: whole(-100_000, 900_000), on: whole(-5, 5) * 100_000_000, high: whole(2_000, 9_000) }
    const least = leastOf(problem, at)
    const bound = countsBound(problem, problem.cars[0]!, { ...at, shortfallPrice: shortfallPriceOf(problem) })
    assert.ok(bound <= least + 1e-3, `round ${round}: ${bound} is above ${least}`)
    if (Math.abs(bound - least) <= 1e-9 * Math.abs(least) + 1e-3) equal++
    const model = fullModelOf(problem)
    const [car] = model.cars
    const wanted = leastWanted(car!, reachesOf(model, car!, at.high), at)
    assert.ok(Math.abs(wanted.worth - bound) <= 1e-9 * Math.abs(bound) + 1e-3, `round ${round}: ${wanted.worth}, not ${bound}`)
  }
  assert.ok(hoursOf(oneCar(whole)) === 0.25 && equal > 200, `${equal}`)
})
