import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded, wattHours } from '@voltway/units'
import type { CarContext, CarWish } from './car-wish.ts'
import { certifyCar } from './certify-car.ts'
import { checkCarPlan } from './check-car-plan.ts'
import { at, centsContext, FEW, FEW_CENTS, planned } from './testing/few-quarters.ts'

test('each slot is quoted what one more kWh would cost in it', () => {
  const context = centsContext(FEW_CENTS)
  const quotes = (wish: CarWish) => {
    const plan = planned(wish, context)
    return checkCarPlan(wish, context, plan).quotes.map(({ marginalPerKwh, congestionPerKwh }, slot) => {
      const cents = (price: number | undefined) => (price === undefined ? '-' : price / 10_000)
      return `${plan.slots[slot]!.energy} ${cents(marginalPerKwh)} ${cents(congestionPerKwh)}`
    })
  }
  // 2 kWh at 10 and 20 cents each, 1 at 30: one more in a full quarter is one more at 30.
  assert.deepEqual(quotes(FEW), ['0 30 0', '1000 30 0', '0 50 0', '2000 30 10', '0 40 0', '0 60 0', '2000 30 20'])
  // 3 kWh by 10:30 need 1 at 50 cents: one more by then is one more at 50.
  assert.deepEqual(quotes({ ...FEW, minimum: { energy: wattHours(3_000), by: at(2) } }), [
    '2000 50 20',
    '1000 50 0',
    '0 50 0',
    '0 20 0',
    '0 40 0',
    '0 60 0',
    '2000 20 10',
  ])
})

test('a greenest plan is quoted in grams, and an earliest one what is left to choose', () => {
  const grams = FEW_CENTS.map((cents, part) => ({ from: at(part), to: at(part + 1), gramsPerKwh: cents * 10 }))
  const context = centsContext(
    FEW_CENTS.map(() => 25),
    { carbon: grams },
  )
  const wish: CarWish = { ...FEW, goal: 'greenest' }
  const quotes = (asked: CarWish, of: CarContext) => {
    const plan = planned(asked, of)
    return checkCarPlan(asked, of, plan).quotes.map(
      ({ marginalPerKwh, marginalGramsPerKwh }, slot) =>
        `${plan.slots[slot]!.energy} ${marginalPerKwh ?? '-'} ${marginalGramsPerKwh ?? '-'}`,
    )
  }
  assert.deepEqual(quotes(wish, context), ['0 - 300', '1000 - 300', '0 - 500', '2000 - 300', '0 - 400', '0 - 600', '2000 - 300'])
  // All power from the first moment: no more can be had by its end, and to go on costs what the rest of the third quarter does.
  assert.deepEqual(quotes({ ...FEW, goal: 'earliest' }, centsContext(FEW_CENTS)), [
    '2000 200000 -',
    '2000 200000 -',
    '1000 200000 -',
    '0 200000 -',
    ...Array(3).fill('0 - -'),
  ])
})

test('with waiting at a price, or minutes, a quote after the end has those until then in it', () => {
  const context = centsContext(FEW_CENTS)
  const wish = { ...FEW, waitingMicrosPerHour: 400_000n }
  const plan = planned(FEW, context)
  const certificate = certifyCar(wish, context, { plan, capPrice: 0 })
  assert.ok(certificate)
  const soon = planned({ ...FEW, goal: 'earliest' }, context)
  const { quotes } = checkCarPlan(wish, context, { ...soon, certificate })
  // The last quarter, at 10 cents, begins 37.5 minutes after the end: 25 cents of waiting, and 5 more for 7.5 minutes of charging.
  assert.equal(quotes.at(-1)!.marginalPerKwh, 400_000)
})

test('under a cap that binds, one more kWh raises the least carbon by what is quoted', () => {
  const random = seeded(81)
  const pick = (most: number) => Math.floor(random() * most)
  const more = 200
  let compared = 0
  for (let round = 0; round < 60; round++) {
    const parts = 4 + pick(8)
    const carbon = Array.from({ length: parts }, (_, part) => ({ from: at(part), to: at(part + 1), gramsPerKwh: 100 * (1 + pick(8)) }))
    // Dear, so that a coin is little beside them.
    const context = centsContext(
      carbon.map(() => 100 * (1 + pick(9))),
      { carbon },
    )
    const energy = 1_000 * (1 + pick(2 * parts - 3)) + 300
    const wish: CarWish = { arrival: at(0), departure: at(parts), energy: wattHours(energy), goal: 'greenest' }
    const least = planned({ ...wish, energy: wattHours(energy + more), goal: 'cheapest' }, context).cost.totalMicros
    const most = planned(wish, context).cost.totalMicros
    if (most - least < 2_000_000n) continue
    const capped = { ...wish, priceCapMicros: (least + most) / 2n }
    const [here, further] = [energy, energy + more].map((wh) => {
      const asked = { ...capped, energy: wattHours(wh) }
      const plan = planned(asked, context)
      const quotes = checkCarPlan(asked, context, plan).quotes.flatMap(({ marginalGramsPerKwh }) => marginalGramsPerKwh ?? [])
      return { grams: plan.carbonGrams!, quote: Math.min(...quotes) }
    })
    const rise = further!.grams - here!.grams
    compared++
    // The least carbon is convex in the energy: it rises by no less than is quoted before, and no more than after; coins are some grams.
    assert.ok(rise >= (here!.quote * more) / 1_000 - 10, `round ${round}: ${rise} g, ${here!.quote} quoted`)
    assert.ok(rise <= (further!.quote * more) / 1_000 + 10, `round ${round}: ${rise} g, ${further!.quote} quoted`)
  }
  assert.ok(compared > 10, `${compared}`)
})
