import type { CarWish } from './car/car-wish.ts'
import { certifyCar } from './car/certify-car.ts'
import { type CarGap, proveCar } from './car/prove-car.ts'
import type { ChargeWish, Plan } from './plan.ts'
import { latestEnd, type PlanContext } from './plan-context.ts'

const GOALS = { cheapest: 'cheapest', soonest: 'earliest' } as const
const hasGoal = (kind: Plan['kind']): kind is keyof typeof GOALS => kind in GOALS

/**
 * By how much a plain plan may cost more, or end later, than the best that gives as much energy, proved as for the car's planner. Undefined for
 * the paper's four, which say nothing of being the best, and where waiting has a price.
 */
export const provePlan = (wish: ChargeWish, context: PlanContext, plan: Plan): CarGap | undefined => {
  const { arrival, priceCapMicros, waitingMicrosPerHour = 0n } = wish
  if (!hasGoal(plan.kind) || waitingMicrosPerHour > 0n || !(plan.energy > 0)) return undefined
  const asked: CarWish = {
    arrival,
    departure: latestEnd(wish),
    energy: plan.energy,
    goal: GOALS[plan.kind],
    ...(priceCapMicros !== undefined && { priceCapMicros }),
  }
  const certificate = certifyCar(asked, context, { plan, capPrice: 0 })
  return proveCar(asked, context, certificate ? { ...plan, certificate } : plan)
}
