import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EpochMs, epochMs, seeded, wattHours, watts } from '@voltway/units'
import { isFree } from '../../reservations/booking-index.ts'
import { evcmsPlans } from '../evcms-plans.ts'
import { frozenTariff } from '../frozen-tariff.ts'
import { type PlanContext, planPower } from '../plan-context.ts'
import { plansFor } from '../plans-for.ts'
import { pricePlan } from '../price-plan.ts'
import { provePlan } from '../prove-plan.ts'
import type { CarPlan } from './car-plan.ts'
import type { CarContext, CarWish } from './car-wish.ts'
import { checkCarPlan } from './check-car-plan.ts'
import { centsContext, FEW, planned } from './testing/few-quarters.ts'
import { QUARTER } from './testing/quarter-context.ts'
import { randomCar } from './testing/random-car.ts'

const KWH = 1_000
/** Lines of a receipt are rounded to a coin: energy and time by element, and the session's fee, before and after. */
const COINS = 60_000

test('a charge that may not pause is quoted the best run that gives a kWh more and charges in the slot', () => {
  const context = centsContext([30, 50, 20, 45, 60, 10])
  const wish: CarWish = { ...FEW, energy: wattHours(4_000), uninterrupted: true }
  const plan = planned(wish, context)
  const told = checkCarPlan(wish, context, plan).quotes.map(
    ({ marginalPerKwh = Number.NaN, congestionPerKwh }, slot) =>
      `${plan.slots[slot]!.energy} ${marginalPerKwh / 10_000} ${congestionPerKwh ?? '-'}`,
  )
  // Quarters at 20 and 45 cents are 130; runs of 5 kWh are 180, 185, 190 and, from the fourth quarter on, 220.
  assert.deepEqual(told, ['0 50 -', '0 50 -', '2000 50 -', '2000 55 -', '0 60 -', '0 90 -'])
})

/** A random wish that may not pause. */
const unpaused = (random: () => number): { readonly wish: CarWish; readonly context: CarContext } => {
  const { wish, context } = randomCar(random)
  const { lastPart: _, ...rest } = wish
  return { wish: { ...rest, uninterrupted: true }, context }
}
const withMore = (wish: CarWish): CarWish => {
  const energy = wish.energy + KWH * (wish.countedAt === 'battery' ? 0.9 : 1)
  return { ...wish, energy: wattHours(energy) }
}

test('planning for a kWh more shows the least of the quotes, whatever else is asked; where it shows none there is none', () => {
  const random = seeded(91)
  const met = { cheapest: 0, greenest: 0, earliest: 0, moved: 0, none: 0 }
  for (let round = 0; round < 400; round++) {
    const { wish: made, context } = unpaused(random)
    const { priceCapMicros: _, ...wish } = made
    const plan = planned(wish, context)
    if (plan.shortfall || plan.minimumShortfall) continue
    const { quotes, violations } = checkCarPlan(wish, context, plan)
    assert.deepEqual(violations, [])
    const more = planned(withMore(wish), context)
    const grams = quotes.flatMap(({ marginalGramsPerKwh }) => marginalGramsPerKwh ?? [])
    const prices = quotes.flatMap(({ marginalPerKwh }) => marginalPerKwh ?? [])
    const least = Math.min(...grams, ...prices)
    // What is a Wh short is as good as there.
    if ((more.shortfall?.energy ?? 0) > 1 || more.minimumShortfall) {
      assert.equal(least, Number.POSITIVE_INFINITY, `round ${round}`)
      met.none++
    } else if (wish.goal === 'earliest' && more.start !== plan.start) {
      // To go on is not the soonest then, if it is possible at all.
      met.moved++
    } else if (wish.goal === 'greenest') {
      assert.ok(Math.abs(more.carbonGrams! - plan.carbonGrams! - least) <= 2 + plan.carbonGrams! * 1e-3, `round ${round}: ${least} g`)
      met.greenest++
    } else {
      const rise = Number(more.cost.totalMicros - plan.cost.totalMicros)
      assert.ok(Math.abs(rise - least) <= COINS + Number(plan.cost.totalMicros) * 1e-3, `round ${round}: ${rise}, ${least} quoted`)
      met[wish.goal]++
    }
  }
  assert.ok(
    Object.values(met).every((count) => count > 1),
    JSON.stringify(met),
  )
})

/** The least that a run of an energy costs of all that charge in a slot, by the receipt of each. */
const leastIn = (wish: CarWish, context: PlanContext, { slot, energy }: { slot: CarPlan['slots'][number]; energy: number }): number => {
  const [power, tariffAt] = [planPower(context), frozenTariff(context, wish.arrival)]
  let least = Number.POSITIVE_INFINITY
  for (let start: EpochMs = wish.arrival; start < wish.departure; start = epochMs(start + QUARTER)) {
    const end = epochMs(start + Math.ceil((energy * 3_600_000) / power))
    if (start < context.now || end > wish.departure || !isFree(context.freeSlots, { start, end })) continue
    if (Math.min(slot.to, end) - Math.max(slot.from, start) <= 2) continue
    const curve = [{ from: start, to: end, power: watts(power) }]
    const { cost } = pricePlan({ kind: 'power', start, end, energy: wattHours(energy), curve, reasons: [] }, tariffAt)
    least = Math.min(least, Number(cost.totalMicros))
  }
  return least
}

test('by slot no run that charges in it is cheaper than quoted, and one costs as much', () => {
  const random = seeded(92)
  let [quoted, none] = [0, 0]
  for (let round = 0; round < 60; round++) {
    const { wish: made, context: facts } = unpaused(random)
    const { minimum: _, priceCapMicros: __, countedAt: ___, ...rest } = made
    const { battery: ____, powerLimits: _____, ...context } = facts
    const wish: CarWish = { ...rest, goal: 'cheapest' }
    const plan = planned(wish, context)
    if (plan.shortfall) continue
    const { quotes } = checkCarPlan(wish, context, plan)
    for (const [index, slot] of plan.slots.entries()) {
      const least = leastIn(wish, context, { slot, energy: plan.energy + KWH })
      const quote = quotes[index]?.marginalPerKwh
      if (quote === undefined) {
        assert.equal(least, Number.POSITIVE_INFINITY, `round ${round}`)
        none++
      } else {
        const rise = least - Number(plan.cost.totalMicros)
        assert.ok(Math.abs(rise - quote) <= COINS, `round ${round}: ${rise}, ${quote} quoted`)
        quoted++
      }
    }
  }
  assert.ok(quoted > 100 && none > 20, `${quoted} ${none}`)
})

test('the paper’s four are quoted what the same choice with a kWh more costs, as long as it begins when it does', () => {
  const random = seeded(93)
  const met = { duration: 0, power: 0, eco: 0, none: 0 }
  for (let round = 0; round < 80; round++) {
    const { wish: made, context: facts } = randomCar(random)
    const { battery: _, powerLimits: __, minPower: ___, ...context } = facts
    const wish = { arrival: made.arrival, departure: made.departure, energy: made.energy, durationMs: 3_600_000 }
    const longer = Math.ceil((KWH * 3_600_000) / planPower(context))
    const tariffAt = frozenTariff(context, wish.arrival)
    const more = evcmsPlans(
      { ...wish, energy: wattHours(wish.energy + KWH), durationMs: wish.durationMs + longer },
      context,
      tariffAt(wish.arrival),
    )
    for (const plan of plansFor(wish, context)) {
      if (plan.reasons.some(({ code }) => code === 'cheapestBeforeDeparture') || plan.kind === 'soonest') continue
      const { quotes } = provePlan(wish, context, plan)
      const prices = new Set(quotes.flatMap(({ marginalPerKwh }) => marginalPerKwh ?? []))
      assert.ok(prices.size <= 1, 'it goes on at its end, wherever one asks')
      const [quote] = prices
      const draft = more.find(({ kind }) => kind === plan.kind)
      const isEco = plan.kind === 'durationEco' || plan.kind === 'powerEco'
      if (quote === undefined) {
        assert.notEqual(draft?.start, plan.start, `round ${round}`)
        met.none++
      } else if (draft?.start === plan.start) {
        const rise = Number(pricePlan(draft, tariffAt).cost.totalMicros - plan.cost.totalMicros)
        assert.ok(Math.abs(rise - quote) <= COINS, `round ${round}: ${rise}, ${quote} quoted`)
        met[isEco ? 'eco' : (plan.kind as 'duration' | 'power')]++
      } else assert.ok(isEco, `round ${round}: only what has to stay off-peak is moved`)
    }
  }
  assert.ok(
    Object.values(met).every((count) => count > 5),
    JSON.stringify(met),
  )
})
