import type { CarGoal, CarWish } from './car/car-wish.ts'
import { certifyCar } from './car/certify-car.ts'
import { type CarGap, proveCar } from './car/prove-car.ts'
import type { ChargeWish, Plan, PlanReason } from './plan.ts'
import { latestEnd, type PlanContext } from './plan-context.ts'

/** What a plan says that it is the best for. */
const goalOf = ({ reasons }: Plan): CarGoal | undefined => {
  const says = (code: PlanReason['code']) => reasons.some((reason) => reason.code === code)
  return says('cheapestBeforeDeparture') ? 'cheapest' : says('soonest') ? 'earliest' : undefined
}

/**
 * By how much a plain plan may cost more, or end later, than the best that gives as much energy, proved as for the car's planner. Undefined for
 * those that do not say they are, as where waiting has a price.
 */
export const provePlan = (wish: ChargeWish, context: PlanContext, plan: Plan): CarGap | undefined => {
  const { arrival, priceCapMicros } = wish
  const goal = goalOf(plan)
  if (goal === undefined || !(plan.energy > 0)) return undefined
  const asked: CarWish = {
    arrival,
    departure: latestEnd(wish),
    energy: plan.energy,
    goal,
    ...(priceCapMicros !== undefined && { priceCapMicros }),
  }
  const certificate = certifyCar(asked, context, { plan, capPrice: 0 })
  return proveCar(asked, context, certificate ? { ...plan, certificate } : plan)
}
