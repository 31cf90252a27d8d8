import type { CarSlot } from './car/car-plan.ts'
import { type CarPlanCheck, checkCarPlan } from './car/check-car-plan.ts'
import type { ChargeWish, Plan } from './plan.ts'
import { planCertifier } from './plan-certifier.ts'
import type { PlanContext } from './plan-context.ts'

/** What is proved of a plain plan, with its stretches, in the order of which the quotes are. */
export interface PlainPlanCheck extends CarPlanCheck {
  readonly slots: readonly CarSlot[]
}

/**
 * Certifies the plain plans of a wish and has each checked as a car's plan is, by the same checker: slot, curve, power, receipt and cap, and by how
 * much it may be worse than the best of its goal (see `planCertifier` for which that is). One of the paper's four is quoted what it costs to go on
 * for one more kWh.
 */
export const planProver = (wish: ChargeWish, context: PlanContext): ((plan: Plan) => PlainPlanCheck) => {
  const certify = planCertifier(wish, context)
  return (plan) => {
    const certified = certify(plan)
    if (!certified) return { violations: [], gap: undefined, quotes: [], slots: [] }
    return { ...checkCarPlan(certified.wish, context, certified.plan), slots: certified.plan.slots }
  }
}

/** The same for one plan alone. */
export const provePlan = (wish: ChargeWish, context: PlanContext, plan: Plan): PlainPlanCheck => planProver(wish, context)(plan)
