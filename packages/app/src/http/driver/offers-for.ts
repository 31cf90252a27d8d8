import {
  type CarPlan,
  type ChargeWish,
  leastShortfall,
  type Plan,
  type PlanContext,
  type PowerStep,
  plansFor,
} from '@voltway/domain/planning'
import type { VehicleRow } from '@voltway/store'
import { type WattHours, watts } from '@voltway/units'
import type { PlanView } from '../schemas/plan.ts'
import { asksMore, carPlanFor } from './car-options.ts'
import type { WishBody } from './charge-wish.ts'
import type { PlanPlace } from './plan-place.ts'

export interface Offered {
  readonly plans: readonly {
    readonly plan: Plan | CarPlan
    /** What of a minimum cannot be had in time. */
    readonly minimumShortfall?: PlanView['minimumShortfall']
  }[]
  /** What is missing of the asked energy, and why. */
  readonly short: { readonly cause: string; readonly shortfallWh: WattHours } | undefined
}

export interface OfferFacts {
  readonly context: PlanContext
  readonly place: PlanPlace
  /** What the site can still promise over the wish's time; undefined where nothing limits it. */
  readonly room: readonly PowerStep[] | undefined
  readonly vehicle: VehicleRow | undefined
}

const isSame = (a: CarPlan, b: CarPlan) => a.end === b.end && a.cost.totalMicros === b.cost.totalMicros

/** Whole W, so that a promise never passes what was left. */
const limitsOf = (room: readonly PowerStep[]) => room.map((step) => ({ ...step, power: watts(Math.floor(step.power)) }))

/**
 * What is offered for a wish: the plain plans; or where the driver asks for more, or the site has promised so much to others that it has
 * not full power all the time, those of the car's planner within what is left. @throws Problem naming the field
 */
export const offersFor = (body: WishBody, wish: ChargeWish, { context, place, room = [], vehicle }: OfferFacts): Offered => {
  const { evse } = place
  const isHeld = room.some(({ power }) => power < context.limits.maxPower)
  if (!asksMore(body) && !isHeld) return { plans: plansFor(wish, context).map((plan) => ({ plan })), short: leastShortfall(wish, context) }
  const known = { ...context, ...(place.carbon.length > 0 && { carbon: place.carbon }) }
  const facts = { context: { ...known, ...(isHeld && { powerLimits: limitsOf(room) }) }, evse, vehicle }
  const { waitingMicrosPerHour: _, ...plain } = wish
  const all = asksMore(body)
    ? [carPlanFor(body, wish, facts)]
    : (['cheapest', 'earliest'] as const).map((goal) => carPlanFor({ ...body, goal }, plain, facts))
  const plans = all.filter(({ plan }, index) => plan.energy > 0 && !all.slice(0, index).some((other) => isSame(plan, other.plan)))
  const shortfall = all[0]?.plan.shortfall
  return { plans, short: shortfall && { cause: shortfall.cause, shortfallWh: shortfall.energy } }
}
