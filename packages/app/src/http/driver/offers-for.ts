import type { CarGoal, CarPlan, ChargeWish, PlanContext, PowerStep } from '@voltway/domain/planning'
import { inTerms } from '@voltway/domain/planning/steering'
import type { VehicleRow } from '@voltway/store'
import { type WattHours, type Watts, watts } from '@voltway/units'
import type { DriverPlanner } from '../../planning/driver-planner.ts'
import type { PlanProof, SlottedPlan } from '../../planning/driver-questions.ts'
import type { PromisedRoom, RoomOnPhases } from '../../planning/promised-room.ts'
import type { PlanView } from '../schemas/plan.ts'
import { asksMore, carProblem, carQuestion, minimumShortfall } from './car-options.ts'
import type { WishBody } from './charge-wish.ts'
import type { PlanPlace } from './plan-place.ts'
import { planned } from './planned.ts'

export interface Offered {
  readonly plans: readonly {
    readonly plan: SlottedPlan | CarPlan
    readonly proof: PlanProof
    /** What of a minimum cannot be had in time. */
    readonly minimumShortfall?: PlanView['minimumShortfall']
    /** Where the station switches the car to one phase for all of it. */
    readonly phases?: 1 | undefined
  }[]
  /** What is missing of the asked energy, and why. */
  readonly short: { readonly cause: string; readonly shortfallWh: WattHours } | undefined
}

export interface OfferFacts {
  readonly context: PlanContext
  readonly place: PlanPlace
  /** What the site can still promise over the wish's time; undefined where nothing limits it. */
  readonly room: PromisedRoom | undefined
  readonly vehicle: VehicleRow | undefined
}

const GOALS = ['cheapest', 'earliest'] as const

const isSame = (a: CarPlan, b: CarPlan) => a.end === b.end && a.cost.totalMicros === b.cost.totalMicros

/** A way to charge within what a site has left: on all phases of the EVSE, or on one of three. */
interface Way {
  readonly phases: 1 | undefined
  readonly maxPower: Watts
  /** Below this the car stops; undefined where the station does not say how it takes limits. */
  readonly minPower: Watts | undefined
  /** None where nothing limits it. */
  readonly powerLimits: readonly PowerStep[]
}

/** In the steps that the station will be told, whole W at least: what is promised must be possible, and never pass what was left. */
const wayOf = (phases: 1 | undefined, maxPower: Watts, { steps, terms }: RoomOnPhases): Way => ({
  phases,
  maxPower,
  minPower: terms?.minimum,
  powerLimits: steps.map((step) => {
    const left = Math.floor(step.power)
    return { ...step, power: watts(step.power >= maxPower || !terms ? left : inTerms(terms, left)) }
  }),
})

/** One phase carries no more than each of three. */
const waysIn = ({ room, context: { limits } }: OfferFacts): readonly Way[] => {
  const { maxPower } = limits
  if (!room?.steps.some(({ power }) => power < maxPower)) return [{ phases: undefined, maxPower, minPower: undefined, powerLimits: [] }]
  const all = wayOf(undefined, maxPower, room)
  return room.onOne ? [all, wayOf(1, watts(Math.floor(maxPower / 3)), room.onOne)] : [all]
}

interface Ask extends OfferFacts {
  readonly planner: DriverPlanner
  readonly body: WishBody
  readonly wish: ChargeWish
}

const plainOffers = async ({ planner, wish, context }: Ask): Promise<Offered> => {
  const { plans, short } = planned(await planner.ask('plain', { wish, context }))
  return { plans: plans.map(({ plan, gap, quotes }) => ({ plan, proof: { gap, quotes } })), short }
}

const measureOf = (goal: CarGoal, { cost, end, carbonGrams = Number.POSITIVE_INFINITY }: CarPlan): number => {
  if (goal === 'earliest') return end
  return goal === 'greenest' ? carbonGrams : Number(cost.totalMicros)
}

/** Less of what was asked for is missing: first of the minimum, then of all; else what is better by the goal. */
const isBetter = (a: CarPlan, b: CarPlan): boolean => {
  const lacks = ({ minimumShortfall = 0 as WattHours }: CarPlan): number => minimumShortfall
  if (lacks(a) !== lacks(b)) return lacks(a) < lacks(b)
  return a.energy === b.energy ? measureOf(a.goal, a) < measureOf(a.goal, b) : a.energy > b.energy
}

/** The car's planner within what the site has left; where the form asks for nothing special, its cheapest and its earliest. */
const carOffers = async (ask: Ask, ways: readonly Way[]): Promise<Offered> => {
  const { planner, body, wish, context, place, vehicle } = ask
  const { waitingMicrosPerHour: _, ...plain } = wish
  const asked = ways.flatMap((way) => {
    const { maxPower, minPower, powerLimits } = way
    const known = {
      ...context,
      limits: { ...context.limits, maxPower },
      ...(place.carbon.length > 0 && { carbon: place.carbon }),
      ...(powerLimits.length > 0 && { powerLimits }),
    }
    const facts = { context: known, evse: place.evse, vehicle, minPower }
    const forms = asksMore(body) ? [{ options: body, wish }] : GOALS.map((goal) => ({ options: { ...body, goal }, wish: plain }))
    return forms.map((form, index) => ({ way, index, question: carQuestion(form.options, form.wish, facts) }))
  })
  const answered = planned(
    await planner.ask(
      'car',
      asked.map(({ question }) => question),
    ),
  )
  if (!answered.ok) throw carProblem(answered.failure)
  const made = asked.map(({ way, index, question }, place) => {
    const answer = answered.value[place]!
    return {
      index,
      plan: answer.plan,
      proof: { gap: answer.gap, quotes: answer.quotes },
      phases: way.phases,
      minimumShortfall: minimumShortfall(question.wish, answer),
    }
  })
  /** Of each form the best way; on all phases where that is as good. */
  const all = [...Map.groupBy(made, ({ index }) => index).values()].map((list) =>
    list.reduce((best, one) => (isBetter(one.plan, best.plan) ? one : best)),
  )
  const plans = all.filter(({ plan }, index) => plan.energy > 0 && !all.slice(0, index).some((other) => isSame(plan, other.plan)))
  const shortfall = all[0]?.plan.shortfall
  return { plans, short: shortfall && { cause: shortfall.cause, shortfallWh: shortfall.energy } }
}

/**
 * What is offered for a wish: the plain plans; or where the driver asks for more, or the site has promised so much to others that it has
 * not full power all the time, those of the car's planner within what is left. @throws Problem naming the field, or PLANNER_BUSY
 */
export const offersFor = (ask: Ask): Promise<Offered> => {
  const ways = waysIn(ask)
  const isHeld = ways.some(({ powerLimits }) => powerLimits.length > 0)
  return asksMore(ask.body) || isHeld ? carOffers(ask, ways) : plainOffers(ask)
}
