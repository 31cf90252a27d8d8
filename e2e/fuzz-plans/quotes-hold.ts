import assert from 'node:assert/strict'
import type { CarPlan } from '../../packages/domain/src/planning/car/car-plan.ts'
import type { CarQuote } from '../../packages/domain/src/planning/car/car-quote.ts'
import type { CarContext, CarWish } from '../../packages/domain/src/planning/car/car-wish.ts'
import { planCar } from '../../packages/domain/src/planning/car/plan-car.ts'
import { evcmsPlans } from '../../packages/domain/src/planning/evcms-plans.ts'
import { frozenTariff } from '../../packages/domain/src/planning/frozen-tariff.ts'
import type { ChargeWish, Plan } from '../../packages/domain/src/planning/plan.ts'
import { type PlanContext, planPower } from '../../packages/domain/src/planning/plan-context.ts'
import { pricePlan } from '../../packages/domain/src/planning/price-plan.ts'
import { wattHours } from '../../packages/units/src/index.ts'

/** Three lines of a receipt before and after, each rounded to a coin. */
const COINS = 60_000

/** What a charge without pauses is quoted for a kWh more is what planning for it shows. */
export const quoteHolds = (
  wish: CarWish,
  context: CarContext,
  { plan, quotes }: { readonly plan: CarPlan; readonly quotes: readonly CarQuote[] },
): void => {
  const { priceCapMicros: _, ...free } = wish
  const more = 1_000 * (wish.countedAt === 'battery' ? context.limits.efficiency : 1)
  const longer = planCar({ ...free, energy: wattHours(wish.energy + more) }, context)
  const prices = quotes.flatMap(({ marginalPerKwh }) => marginalPerKwh ?? [])
  if (!longer.ok || wish.goal !== 'cheapest' || plan.minimumShortfall || longer.value.minimumShortfall) return
  if ((longer.value.shortfall?.energy ?? 0) > 1) {
    assert.deepEqual(prices, [], 'what cannot be had is quoted')
    return
  }
  const rise = Number(longer.value.cost.totalMicros - plan.cost.totalMicros)
  const near = COINS + Number(plan.cost.totalMicros) * 1e-3
  assert.ok(Math.abs(rise - Math.min(...prices)) <= near, `a kWh more costs ${rise} where ${Math.min(...prices)} are quoted`)
}

/** One of the paper's four that begins when it does is quoted what the same choice with a kWh more costs. */
export const goesOnAsQuoted = (
  wish: ChargeWish,
  context: PlanContext,
  { plan, quotes }: { readonly plan: Plan; readonly quotes: readonly CarQuote[] },
): void => {
  if (plan.reasons.some(({ code }) => code !== 'asAsked' && code !== 'fitsEnergy' && code !== 'fitsDuration')) return
  const tariffAt = frozenTariff(context, wish.arrival)
  const durationMs = wish.durationMs + Math.ceil(3_600_000_000 / planPower(context))
  const more = evcmsPlans({ ...wish, durationMs, energy: wattHours(wish.energy + 1_000) }, context, tariffAt(wish.arrival))
  const longer = more.find(({ kind, start }) => kind === plan.kind && start === plan.start)
  const prices = quotes.flatMap(({ marginalPerKwh }) => marginalPerKwh ?? [])
  if (!longer) {
    assert.deepEqual(prices, [], 'what cannot be had is quoted')
    return
  }
  const rise = Number(pricePlan(longer, tariffAt).cost.totalMicros - plan.cost.totalMicros)
  assert.ok(Math.abs(rise - Math.min(...prices)) <= COINS, `to go on costs ${rise} where ${Math.min(...prices)} are quoted`)
}
