import {
  type CarContext,
  type CarFault,
  type CarGap,
  type CarPlan,
  type CarPlanCheck,
  type CarQuote,
  type CarWish,
  type ChargeWish,
  checkCarPlan,
  leastShortfall,
  minimumCause,
  type Plan,
  type PlanContext,
  planCar,
  planProver,
  plansFor,
} from '@voltway/domain/planning'
import {
  bookOne,
  type ChargePromise,
  checkBooking,
  checkNetworkPlan,
  type NetworkDriver,
  type NetworkFault,
  type NetworkPlan,
  type NetworkSupply,
  openLedger,
  openNetwork,
  planNetwork,
  type UnservedCause,
} from '@voltway/domain/planning/network'
import { ok, type Result } from '@voltway/units'

/** What is asked of a planner for one driver: pure data. */
export interface DriverQuestions {
  /** The plain plans at one connector. */
  readonly plain: { readonly wish: ChargeWish; readonly context: PlanContext }
  /** The plan of the car's planner for each wish, in order. */
  readonly car: readonly { readonly wish: CarWish; readonly context: CarContext }[]
  /** The best place and start in a network, then the best elsewhere, and so on. */
  readonly places: { readonly supply: NetworkSupply; readonly driver: NetworkDriver; readonly most: number }
  /** Places and starts for many at once. */
  readonly fleet: { readonly supply: NetworkSupply; readonly drivers: readonly NetworkDriver[] }
}

/** What a checker proves of a plan without trusting the planner. */
export interface PlanProof {
  /** By how much it may be worse than the best of its kind; undefined where nothing is proved. */
  readonly gap: CarGap | undefined
  /** By slot of the plan, where it has some: what one more kWh would cost. */
  readonly quotes: readonly CarQuote[]
}

/** A plain plan, and why each stretch of it is used or not. */
export type SlottedPlan = Plan & Partial<Pick<CarPlan, 'slots'>>

interface CarAnswer extends PlanProof {
  readonly plan: CarPlan
  /** Of a minimum that cannot all be had in time. */
  readonly minimumCause: ReturnType<typeof minimumCause> | undefined
}

export interface DriverAnswers {
  readonly plain: {
    /** Each with its stretches. */
    readonly plans: readonly (PlanProof & { readonly plan: SlottedPlan })[]
    readonly short: ReturnType<typeof leastShortfall>
  }
  readonly car: Result<readonly CarAnswer[], readonly CarFault[]>
  readonly places: Result<
    {
      readonly promises: readonly ChargePromise[]
      /** Why there are no more. */
      readonly cause: UnservedCause | undefined
    },
    readonly NetworkFault[]
  >
  /** In the order of the drivers. */
  readonly fleet: Result<NetworkPlan['outcomes'], readonly NetworkFault[]>
}

/** Nothing is proved of a plan that breaks a rule. */
const proofOf = ({ violations, gap, quotes }: CarPlanCheck): PlanProof =>
  violations.length === 0 ? { gap, quotes } : { gap: undefined, quotes: [] }

const plainPlans = ({ wish, context }: DriverQuestions['plain']): DriverAnswers['plain'] => {
  const prove = planProver(wish, context)
  const plans = plansFor(wish, context).map((plan) => {
    const checked = prove(plan)
    return { plan: { ...plan, slots: checked.slots }, ...proofOf(checked) }
  })
  return { plans, short: leastShortfall(wish, context) }
}

const carPlans = (asked: DriverQuestions['car']): DriverAnswers['car'] => {
  const answers: CarAnswer[] = []
  for (const { wish, context } of asked) {
    const planned = planCar(wish, context)
    if (!planned.ok) return planned
    const proof = proofOf(checkCarPlan(wish, context, planned.value))
    // The certificate has done its work, and is too long to be sent from thread to thread.
    const { certificate: _, ...plan } = planned.value
    answers.push({ plan, ...proof, minimumCause: plan.minimumShortfall === undefined ? undefined : minimumCause(wish, context) })
  }
  return ok(answers)
}

const bestPlaces = ({ supply, driver, most }: DriverQuestions['places']): DriverAnswers['places'] => {
  const promises: ChargePromise[] = []
  let left = driver.places
  // What is promised at one station takes nothing from the others, so that one network does for all.
  const network = openNetwork(supply)
  if (!network.ok) return network
  const ledger = openLedger(supply)
  while (promises.length < most && left.length > 0) {
    const asked = { ...driver, places: left }
    const booked = bookOne(network.value, asked)
    if (!booked.ok) return booked
    const { outcome } = booked.value.outcomes[0]!
    const [violation] = checkBooking(ledger, asked, outcome)
    if (violation) throw new Error(`a booking is not valid: ${JSON.stringify(violation)}`)
    if (typeof outcome === 'string') return ok({ promises, cause: outcome })
    promises.push(outcome)
    left = left.filter(({ station }) => station !== outcome.station)
  }
  return ok({ promises, cause: undefined })
}

const fleetPlaces = ({ supply, drivers }: DriverQuestions['fleet']): DriverAnswers['fleet'] => {
  const problem = { ...supply, drivers }
  const planned = planNetwork(problem)
  if (!planned.ok) return planned
  const { plan, certificate } = planned.value
  const { violations } = checkNetworkPlan(problem, plan, certificate)
  if (violations.length > 0) throw new Error(`a plan for a network is not valid: ${JSON.stringify(violations[0])}`)
  return ok(plan.outcomes)
}

const ANSWERS: { readonly [Kind in keyof DriverQuestions]: (question: DriverQuestions[Kind]) => DriverAnswers[Kind] } = {
  plain: plainPlans,
  car: carPlans,
  places: bestPlaces,
  fleet: fleetPlaces,
}

/** Plans for a driver, in this thread. */
export const answerDriver = <Kind extends keyof DriverQuestions>(kind: Kind, question: DriverQuestions[Kind]): DriverAnswers[Kind] =>
  ANSWERS[kind](question)
