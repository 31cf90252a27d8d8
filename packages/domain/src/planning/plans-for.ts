import { type EpochMs, epochMs, MINUTE, watts } from '@voltway/units'
import type { Tariff } from '../tariffs/tariff.ts'
import { cheapestPlan } from './cheapest-plan.ts'
import { chargingTime, evcmsPlans } from './evcms-plans.ts'
import { frozenTariff } from './frozen-tariff.ts'
import { leastShortfall } from './least-shortfall.ts'
import type { ChargeWish, Plan, PlanReason } from './plan.ts'
import { type PlanContext, planPower } from './plan-context.ts'
import { type PlanDraft, pricePlan } from './price-plan.ts'

/** Large enough that a minute of waiting outweighs any price. */
const SOONEST_MICROS_PER_HOUR = 10n ** 13n

interface Pricing {
  readonly tariffAt: (start: EpochMs) => Tariff
  readonly power: number
}

/** The wish exactly as asked, at the asked time whether free or not: what savings are counted against. */
const askedCost = (draft: PlanDraft, wish: ChargeWish, pricing: Pricing): bigint => {
  const [start, end] = [wish.arrival, epochMs(wish.arrival + chargingTime(draft.energy, pricing.power))]
  const curve = [{ from: start, to: end, power: watts(pricing.power) }]
  return pricePlan({ ...draft, start, end, curve }, pricing.tariffAt).cost.totalMicros
}

/** Says what a plan saves against its energy charged as asked. */
const withSavings = (plan: Plan, wish: ChargeWish, askedMicros: bigint): Plan => {
  const savedMicros = askedMicros - plan.cost.totalMicros
  if (savedMicros <= 0n) return plan
  const shiftMinutes = (plan.start - wish.arrival) / MINUTE
  const why: PlanReason =
    shiftMinutes > 0 ? { code: 'waitsForLess', shiftMinutes, savedMicros } : { code: 'sameEnergyForLess', savedMicros }
  return { ...plan, reasons: [...plan.reasons, why] }
}

const sameCharge = (a: PlanDraft, b: PlanDraft) =>
  a.start === b.start &&
  a.end === b.end &&
  a.energy === b.energy &&
  a.curve.length === b.curve.length &&
  a.curve.every(
    ({ from, to, power }, index) => from === b.curve[index]!.from && to === b.curve[index]!.to && power === b.curve[index]!.power,
  )

/** One plan for each different charge, under the first kind it came as, with the reasons of all. */
const deduplicated = (drafts: readonly PlanDraft[]): readonly PlanDraft[] => {
  const kept: PlanDraft[] = []
  for (const draft of drafts) {
    const index = kept.findIndex((other) => sameCharge(draft, other))
    if (index === -1) kept.push(draft)
    else kept[index] = { ...kept[index]!, reasons: [...kept[index]!.reasons, ...draft.reasons] }
  }
  return kept
}

/**
 * The cheapest by the wish's weight, called so only where nothing costs less without it; the plainly cheapest where rounded receipt
 * lines put that a coin above the cap.
 */
const cheapest = (wish: ChargeWish, context: PlanContext, { tariffAt }: Pricing): PlanDraft | undefined => {
  const ask = { energy: wish.energy, tariffAt }
  const weighed = cheapestPlan(wish, context, ask)
  if (!weighed || !wish.waitingMicrosPerHour) return weighed
  const costOf = (draft: PlanDraft) => pricePlan(draft, tariffAt).cost.totalMicros
  const plain = cheapestPlan(wish, context, { ...ask, waitingMicrosPerHour: 0n })
  if (wish.priceCapMicros !== undefined && costOf(weighed) > wish.priceCapMicros) return plain
  return plain && costOf(plain) < costOf(weighed) ? { ...weighed, reasons: [{ code: 'bestOfPriceAndWait' }] } : weighed
}

const soonest = (wish: ChargeWish, context: PlanContext, { tariffAt }: Pricing): PlanDraft | undefined => {
  const draft = cheapestPlan(wish, context, { energy: wish.energy, tariffAt, waitingMicrosPerHour: SOONEST_MICROS_PER_HOUR })
  return draft && { ...draft, kind: 'soonest', reasons: [{ code: 'soonest' }] }
}

/** A searched plan that costs more than the same energy offered sooner helps nobody. */
const worthOffering = (plan: Plan, plans: readonly Plan[]) =>
  plan.kind !== 'cheapest' ||
  !plans.some(
    (other) => other !== plan && other.energy === plan.energy && other.end <= plan.end && other.cost.totalMicros < plan.cost.totalMicros,
  )

/**
 * Every plan worth offering for a wish: the paper's four, the exact cheapest and the soonest, each with its slot, curve,
 * price split, frozen tariff and reasons; the same charge appears once. Whenever the asked charge is possible at the asked
 * time, some plan gives the same energy by departure for at most its cost. When nothing gives the asked energy, the plan with
 * the least shortfall is offered with its cause (`leastShortfall` tells more, also when not a single Wh is possible).
 */
export const plansFor = (wish: ChargeWish, context: PlanContext): readonly Plan[] => {
  const tariffAt = frozenTariff(context, wish.arrival)
  const pricing = { tariffAt, power: planPower(context) }
  const searched = [cheapest(wish, context, pricing), soonest(wish, context, pricing)].filter((draft) => draft !== undefined)
  const drafts = deduplicated([...evcmsPlans(wish, context, tariffAt(wish.arrival)), ...searched])
  const cap = wish.priceCapMicros
  const priced = drafts.map((draft) => pricePlan(draft, tariffAt)).filter(({ cost }) => cap === undefined || cost.totalMicros <= cap)
  const plans = priced.filter((plan) => worthOffering(plan, priced)).map((plan) => withSavings(plan, wish, askedCost(plan, wish, pricing)))
  if (wish.energy > 0 && plans.some(({ energy }) => energy >= wish.energy)) return plans
  const least = leastShortfall(wish, context)?.plan
  if (!least) return plans
  const same = plans.findIndex((plan) => sameCharge(plan, least))
  if (same === -1) return [...plans, least]
  return plans.with(same, { ...plans[same]!, reasons: [...least.reasons, ...plans[same]!.reasons] })
}
