import { type EpochMs, epochMs, type WattHours, wattHours, watts } from '@voltway/units'
import type { CarCertificate } from './car/car-certificate.ts'
import type { CarPlan, CarSlot } from './car/car-plan.ts'
import { stageCells } from './car/car-stage.ts'
import type { ProvedWish } from './car/car-task.ts'
import type { CarGoal } from './car/car-wish.ts'
import { certifyCar } from './car/certify-car.ts'
import type { ChargePiece } from './car/charge-pieces.ts'
import { explainPieces } from './car/explain-slots.ts'
import type { ChargeWish, Plan, PlanReason } from './plan.ts'
import { latestEnd, type PlanContext } from './plan-context.ts'

/** A plain plan as a car's plan with its certificate, and the wish that it is held against: what `checkCarPlan` takes. */
export interface CertifiedPlan {
  readonly wish: ProvedWish
  readonly plan: CarPlan
}

interface Claim {
  readonly goal: CarGoal
  readonly countsWaiting: boolean
}

/** What a plan says that it is the best for: of several the first. */
const claimOf = ({ reasons }: Plan): Claim | undefined => {
  const says = (code: PlanReason['code']) => reasons.some((reason) => reason.code === code)
  if (says('cheapestBeforeDeparture')) return { goal: 'cheapest', countsWaiting: false }
  if (says('bestOfPriceAndWait')) return { goal: 'cheapest', countsWaiting: true }
  return says('soonest') ? { goal: 'earliest', countsWaiting: false } : undefined
}

/** What the cap left out of the energy that was asked for. */
const leftByCap = ({ reasons }: Plan): CarPlan['shortfall'] => {
  const short = reasons.find(({ code, cause }) => code === 'leastShortfall' && cause === 'priceCap')
  return short?.shortfallWh === undefined ? undefined : { energy: short.shortfallWh, cause: 'priceCap' }
}

/** The curve cut at the edges of cells, its energy spread so that all of it is what the plan gives. */
const piecesOf = ({ curve, energy }: Plan, cells: readonly ChargePiece['cell'][]): readonly ChargePiece[] => {
  const whole = curve.reduce((sum, { from, to, power }) => sum + power * (to - from), 0)
  let has = 0
  return curve.flatMap((step) =>
    cells.flatMap((cell): ChargePiece[] => {
      const [from, to] = [Math.max(step.from, cell.from), Math.min(step.to, cell.to)]
      if (to <= from) return []
      const before = has
      has += (energy * step.power * (to - from)) / whole
      return [{ cell, from, to, energyBefore: before, energyAfter: has }]
    }),
  )
}

const slotOf = (span: { readonly from: EpochMs; readonly to: EpochMs }, energy: WattHours, { cell }: ChargePiece): CarSlot => ({
  ...span,
  energy,
  perKwhMicros: cell.perKwh,
  reason: 'asked',
})

/** One of the paper's four charges without a choice, all the time from its start to its end. */
const askedSlots = (pieces: readonly ChargePiece[]): readonly CarSlot[] =>
  pieces.map((piece) => {
    const energy = wattHours(Math.round(piece.energyAfter) - Math.round(piece.energyBefore))
    return slotOf({ from: epochMs(piece.from), to: epochMs(piece.to) }, energy, piece)
  })

/** What the plan is held against. */
const provedWish = (wish: ChargeWish, plan: Plan, claim: Claim | undefined): ProvedWish => {
  const { arrival, priceCapMicros, waitingMicrosPerHour } = wish
  return {
    arrival,
    departure: latestEnd(wish),
    energy: wattHours(plan.energy + (leftByCap(plan)?.energy ?? 0)),
    goal: claim?.goal ?? 'cheapest',
    ...(priceCapMicros !== undefined && { priceCapMicros }),
    ...(claim?.countsWaiting && waitingMicrosPerHour !== undefined && { waitingMicrosPerHour }),
  }
}

/**
 * Certifies the plain plans of one wish, and says which goal each of them honestly has. What says that it is the cheapest or the soonest is held
 * against just that, as the car's planner is; what says that it is the best of price and wait, against cost and waiting at the wish's
 * price. The paper's four (Duration, Power and their Eco forms) claim nothing: they charge when the driver asked, or at the nearest
 * off-peak slot, and are chosen for that. Their goal is cost, so that their gap says at most how much more they cost than the cheapest plan
 * that gives as much before departure. All are held against plans that give as much as they do. Undefined where nothing is charged.
 */
export const planCertifier = (wish: ChargeWish, context: PlanContext): ((plan: Plan) => CertifiedPlan | undefined) => {
  // The potentials of a cheapest plan are those of every plan that gives as much.
  const known = new Map<string, CarCertificate | undefined>()
  const certificateOf = (proved: ProvedWish, plan: Plan & Pick<CarPlan, 'shortfall'>): CarCertificate | undefined => {
    if (proved.goal === 'earliest' || plan.shortfall) return certifyCar(proved, context, { plan, capPrice: 0 })
    const key = `${plan.energy} ${proved.waitingMicrosPerHour}`
    if (!known.has(key)) known.set(key, certifyCar(proved, context, { plan, capPrice: 0 }))
    return known.get(key)
  }
  return (plan) => {
    if (!(plan.energy > 0)) return undefined
    const claim = claimOf(plan)
    const proved = provedWish(wish, plan, claim)
    const left = leftByCap(plan)
    const told = { ...plan, ...(left && { shortfall: left }) }
    const pieces = piecesOf(plan, stageCells({ start: plan.start, end: plan.end }, proved, context))
    const certificate = certificateOf(proved, told)
    return {
      wish: proved,
      plan: {
        ...told,
        goal: proved.goal,
        curve: plan.curve.map((step) => ({ ...step, limit: watts(step.power) })),
        batteryEnergy: wattHours(Math.floor(plan.energy * context.limits.efficiency + 1e-6)),
        slots: claim ? explainPieces(proved, context, { start: plan.start, end: plan.end, weighed: 0, pieces }) : askedSlots(pieces),
        ...(certificate && { certificate }),
      },
    }
  }
}
