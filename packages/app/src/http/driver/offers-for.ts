import type { CarPlan, ChargeWish, Plan, PlanContext, PowerStep } from '@voltway/domain/planning'
import type { VehicleRow } from '@voltway/store'
import { type WattHours, watts } from '@voltway/units'
import type { DriverPlanner } from '../../planning/driver-planner.ts'
import type { PlanView } from '../schemas/plan.ts'
import { asksMore, carProblem, carQuestion, minimumShortfall } from './car-options.ts'
import type { WishBody } from './charge-wish.ts'
import type { PlanPlace } from './plan-place.ts'
import { planned } from './planned.ts'

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

interface Ask extends OfferFacts {
  readonly planner: DriverPlanner
  readonly body: WishBody
  readonly wish: ChargeWish
}

const plainOffers = async ({ planner, wish, context }: Ask): Promise<Offered> => {
  const { plans, short } = planned(await planner.ask('plain', { wish, context }))
  return { plans: plans.map((plan) => ({ plan })), short }
}

/** The car's planner within what the site has left; where the form asks for nothing special, its cheapest and its earliest. */
const carOffers = async ({ planner, body, wish, context, place, vehicle }: Ask, powerLimits: readonly PowerStep[]): Promise<Offered> => {
  const known = { ...context, ...(place.carbon.length > 0 && { carbon: place.carbon }) }
  const facts = { context: { ...known, ...(powerLimits.length > 0 && { powerLimits }) }, evse: place.evse, vehicle }
  const { waitingMicrosPerHour: _, ...plain } = wish
  const questions = asksMore(body)
    ? [carQuestion(body, wish, facts)]
    : (['cheapest', 'earliest'] as const).map((goal) => carQuestion({ ...body, goal }, plain, facts))
  const answered = planned(await planner.ask('car', questions))
  if (!answered.ok) throw carProblem(answered.failure)
  const all = answered.value.map((answer, index) => ({
    plan: answer.plan,
    minimumShortfall: minimumShortfall(questions[index]!.wish, answer),
  }))
  const plans = all.filter(({ plan }, index) => plan.energy > 0 && !all.slice(0, index).some((other) => isSame(plan, other.plan)))
  const shortfall = all[0]?.plan.shortfall
  return { plans, short: shortfall && { cause: shortfall.cause, shortfallWh: shortfall.energy } }
}

/**
 * What is offered for a wish: the plain plans; or where the driver asks for more, or the site has promised so much to others that it has
 * not full power all the time, those of the car's planner within what is left. @throws Problem naming the field, or PLANNER_BUSY
 */
export const offersFor = (ask: Ask): Promise<Offered> => {
  const { body, context, room = [] } = ask
  const isHeld = room.some(({ power }) => power < context.limits.maxPower)
  return asksMore(body) || isHeld ? carOffers(ask, isHeld ? limitsOf(room) : []) : plainOffers(ask)
}
