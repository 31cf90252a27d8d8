import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { epochMs, HOUR, percent, seeded, wattHours, watts } from '@voltway/units'
import type { Highs } from 'highs'
import { powerFraction } from '../taper.ts'
import type { CarContext, CarWish } from './car-wish.ts'
import { checkCarPlan } from './check-car-plan.ts'
import { planCar } from './plan-car.ts'
import { ARRIVAL, QUARTER, quarterContext } from './testing/quarter-context.ts'

const PART = QUARTER
const arrival = ARRIVAL
const times = <Value>(count: number, make: (index: number) => Value): Value[] => Array.from({ length: count }, (_, index) => make(index))

/** Energies and prices such that receipts are rounded by less than a cent a line. */
const contextOf = (euros: readonly number[], extra: Partial<CarContext>): CarContext =>
  quarterContext(
    euros.map((price) => price * 1_000_000),
    extra,
  )

test('the greenest under a cap is that of a linear programme', async () => {
  const loadHighs: () => Promise<Highs> = createRequire(import.meta.url)('highs')
  const highs = await loadHighs()
  const random = seeded(2_031)
  const pick = (most: number) => Math.floor(random() * most)
  for (let round = 0; round < 25; round++) {
    const parts = 4 + pick(8)
    const [prices, grams] = [times(parts, () => 1 + pick(9)), times(parts, () => 100 * (1 + pick(8)))]
    const energy = 1_000 * (1 + pick(2 * parts - 2))
    const cheapest = prices
      .toSorted((a, b) => a - b)
      .slice(0, Math.ceil(energy / 2_000))
      .reduce((sum, price) => sum + price * 2, 0)
    const cap = cheapest + pick(30)
    const carbon = grams.map((gramsPerKwh, part) => ({
      from: epochMs(arrival + part * PART),
      to: epochMs(arrival + (part + 1) * PART),
      gramsPerKwh,
    }))
    const context = contextOf(prices, { carbon })
    const wish: CarWish = {
      arrival,
      departure: epochMs(arrival + parts * PART),
      energy: wattHours(energy),
      goal: 'greenest',
      priceCapMicros: BigInt(cap) * 1_000_000n,
    }
    const result = planCar(wish, context)
    assert.ok(result.ok && !result.value.shortfall)
    assert.deepEqual(checkCarPlan(wish, context, result.value).violations, [])
    const sum = (weights: readonly number[]) => weights.map((weight, part) => `${weight} x${part}`).join(' + ')
    const rows = ` ${sum(times(parts, () => 1))} = ${energy / 1_000}\n ${sum(prices)} <= ${cap}`
    const { ObjectiveValue } = highs.solve(
      `Minimize\n ${sum(grams)}\nSubject To\n${rows}\nBounds\n${times(parts, (part) => ` 0 <= x${part} <= 2`).join('\n')}\nEnd\n`,
    )
    // Money is rounded to cents a line, which may cost or save the carbon of some Wh.
    const tolerance = 8 + parts * 4
    assert.ok(
      Math.abs(result.value.carbonGrams! - ObjectiveValue) <= tolerance,
      `round ${round}: ${result.value.carbonGrams} g, not ${ObjectiveValue}`,
    )
  }
})

/** The least cost on a grid of 100 Wh, by trying every amount in every quarter; `slack` Wh more than the battery takes in each. */
const coarse = (
  prices: readonly number[],
  context: CarContext,
  ask: { energy: number; by: number; least: number; slack: number },
): number => {
  const [grid, states] = [100, ask.energy / 100]
  const { capacity, soc, maxPower } = context.battery!
  const takes = (has: number) => {
    let energy = has
    for (let second = 0; second < 900; second++)
      energy += Math.min(8_000, maxPower * powerFraction(Math.min(100, soc + (energy / capacity) * 100))) / 3_600
    return energy - has + ask.slack
  }
  const most = times(states + 1, (state) => Math.floor(takes(state * grid) / grid + 1e-9))
  let costs = times(states + 1, (state) => (state === 0 ? 0 : Number.POSITIVE_INFINITY))
  for (const [part, price] of prices.entries()) {
    const next = times(states + 1, () => Number.POSITIVE_INFINITY)
    for (let state = 0; state <= states; state++)
      for (let more = 0; more <= most[state]! && state + more <= states; more++)
        next[state + more] = Math.min(next[state + more]!, costs[state]! + (more * grid * price) / 1_000)
    if (part + 1 === ask.by) for (let state = 0; state * grid < ask.least; state++) next[state] = Number.POSITIVE_INFINITY
    costs = next
  }
  return costs[states]!
}

test('with a filling battery and a minimum no coarse search finds less, and ours is not below what a battery cannot take', () => {
  const random = seeded(32)
  const pick = (most: number) => Math.floor(random() * most)
  let compared = 0
  for (let round = 0; round < 30; round++) {
    const prices = times(4 + pick(8), () => 1 + pick(9))
    const battery = { capacity: wattHours(20_000), soc: percent(50 + pick(30)), maxPower: watts(9_000) }
    const context = contextOf(prices, { battery })
    const energy = 100 * (5 + pick((20_000 * (1 - battery.soc / 100)) / 100 - 10))
    const by = 1 + pick(prices.length)
    const least = 100 * (1 + pick(energy / 100))
    const minimum = { energy: wattHours(least), by: epochMs(arrival + by * PART) }
    const wish: CarWish = {
      arrival,
      departure: epochMs(arrival + prices.length * PART),
      energy: wattHours(energy),
      goal: 'cheapest',
      minimum,
    }
    const result = planCar(wish, context)
    assert.ok(result.ok)
    assert.deepEqual(checkCarPlan(wish, context, result.value).violations, [])
    const above = coarse(prices, context, { energy, by, least, slack: 0 })
    if (result.value.shortfall || result.value.minimumShortfall) {
      assert.equal(above, Number.POSITIVE_INFINITY, `round ${round}: a coarse search gives all`)
      continue
    }
    compared++
    const cost = Number(result.value.cost.totalMicros) / 1e6
    const below = coarse(prices, context, { energy, by, least, slack: 100 })
    // A cent for each line of the receipt.
    assert.ok(
      cost <= above + 0.01 * prices.length && cost >= below - 0.01 * prices.length,
      `round ${round}: ${below} <= ${cost} <= ${above}`,
    )
  }
  assert.ok(compared > 10)
})

test('a plan of a week keeps every rule', () => {
  const context = contextOf([3], { battery: { capacity: wattHours(100_000), soc: percent(10), maxPower: watts(11_000) } })
  const wish: CarWish = { arrival, departure: epochMs(arrival + 7 * 24 * HOUR), energy: wattHours(80_000), goal: 'cheapest' }
  const result = planCar(wish, context)
  assert.ok(result.ok && !result.value.shortfall)
  assert.deepEqual(checkCarPlan(wish, context, result.value).violations, [])
})
