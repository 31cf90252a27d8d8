import { isFree } from '../../reservations/booking-index.ts'
import { freeWindows } from '../../reservations/free-windows.ts'
import { costOf } from '../../tariffs/cost-of.ts'
import { frozenTariff } from '../frozen-tariff.ts'
import type { PlanReason } from '../plan.ts'
import { planUsage } from '../plan-usage.ts'
import { powerFraction } from '../taper.ts'
import type { CarPlan, CarStep } from './car-plan.ts'
import type { CarQuote } from './car-quote.ts'
import type { ProvedWish } from './car-task.ts'
import type { CarContext, CarWish } from './car-wish.ts'
import { askedOf, meteredOf, mostDeliverable } from './most-deliverable.ts'
import { type CarGap, certificateReads, proveCar } from './prove-car.ts'
import { quoteCar } from './quote-car.ts'

/** A rule that a plan breaks, or something that it says of itself and that is not so. */
export interface CarViolation {
  readonly code:
    | 'slot'
    | 'curve'
    | 'power'
    | 'battery'
    | 'energy'
    | 'minimum'
    | 'lastPart'
    | 'uninterrupted'
    | 'cost'
    | 'shortfall'
    | 'slots'
    | 'carbon'
    | 'certificate'
  readonly message: string
}

type Report = (code: CarViolation['code'], message: string) => void

const WH = 3_600_000
/** Times are whole milliseconds and energies whole Wh: what lies below is not seen. */
const NEAR_WH = 1

const energyUntil = (curve: readonly CarStep[], at: number): number =>
  curve.reduce((sum, { from, to, power }) => sum + (power * Math.max(0, Math.min(to, at) - from)) / WH, 0)

const checkSlot = (wish: CarWish, context: CarContext, { plan, report }: { plan: CarPlan; report: Report }): void => {
  const { start, end, curve } = plan
  if (start < wish.arrival || start < context.now) report('slot', 'begins before the arrival or now')
  if (end > wish.departure) report('slot', 'ends after departure')
  if (!isFree(context.freeSlots, { start, end })) report('slot', 'is booked by somebody else')
  let clock: number = start
  for (const { from, to } of curve) {
    if (from < clock || to <= from) report('curve', `has a step from ${from} to ${to} that is not after the one before`)
    clock = to
  }
  if (clock !== end) report('curve', 'does not end with the plan')
}

const checkPower = (wish: CarWish, context: CarContext, { plan, report }: { plan: CarPlan; report: Report }): void => {
  const { limits, minPower = 0, powerLimits = [] } = context
  for (const { from, to, power, limit } of plan.curve) {
    if (!(power > 0 && power <= limit * (1 + 1e-6))) report('power', `is ${power} W where ${limit} W are offered`)
    if (limit > limits.maxPower) report('power', `offers ${limit} W, more than ${limits.maxPower}`)
    if (limit < minPower) report('power', `offers ${limit} W, less than the least of ${minPower}`)
    for (const step of powerLimits)
      if (step.from < to && step.to > from && limit > step.power) report('power', `offers ${limit} W where ${step.power} W are left`)
  }
  if (wish.uninterrupted && plan.curve.some(({ from }, index) => from !== (plan.curve[index - 1]?.to ?? plan.start)))
    report('uninterrupted', 'pauses')
}

/** What a battery takes over a time, by small steps: another way than the planner's table. */
const taken = ({ battery, limits }: CarContext, has: number, { from, to, limit }: CarStep): number => {
  if (!battery) return (limit * (to - from)) / WH
  const percent = (energy: number) => Math.min(100, battery.soc + ((energy * limits.efficiency) / battery.capacity) * 100)
  const power = (energy: number) => Math.min(limit, battery.maxPower * powerFraction(percent(energy), battery.taper))
  const steps = Math.ceil((to - from) / 30_000)
  const hours = (to - from) / steps / WH
  let energy = has
  for (let step = 0; step < steps; step++) energy += power(energy + (power(energy) * hours) / 2) * hours
  return energy - has
}

const checkBattery = (context: CarContext, { plan, report }: { plan: CarPlan; report: Report }): void => {
  let has = 0
  for (const step of plan.curve) {
    const energy = (step.power * (step.to - step.from)) / WH
    const most = taken(context, has, step)
    if (energy > most * 1.002 + NEAR_WH) report('battery', `gets ${energy} Wh where it takes ${most}`)
    has += energy
  }
  if (Math.abs(has - plan.energy) > NEAR_WH) report('energy', `is ${has} Wh, not ${plan.energy}`)
  if (Math.abs(plan.batteryEnergy - plan.energy * context.limits.efficiency) > NEAR_WH) report('energy', 'is not what reaches the battery')
}

const checkMinimum = (wish: CarWish, plan: CarPlan, { metered, report }: { metered: (energy: number) => number; report: Report }): void => {
  if (!wish.minimum) return
  const lacks = metered(wish.minimum.energy) - energyUntil(plan.curve, wish.minimum.by)
  if (lacks > (plan.minimumShortfall ?? 0) + NEAR_WH) report('minimum', `lacks ${lacks} Wh at its hour`)
}

/**
 * The last part ends with the free window, and runs without a pause; the minimum, and limits of power, go before it. A plan without it
 * says so, and may be so only where something else is asked too.
 */
const checkLastPart = (
  wish: CarWish,
  context: CarContext,
  at: { plan: CarPlan; metered: (energy: number) => number; report: Report },
): void => {
  const { plan, metered, report } = at
  const says = (code: PlanReason['code']) => plan.reasons.some((reason) => reason.code === code)
  if (wish.lastPart && says('lastPartKept') === says('lastPartLeftOut')) report('lastPart', 'is not said to be kept or left out')
  if (says('lastPartLeftOut')) {
    if (!wish.lastPart || !(wish.minimum || wish.uninterrupted || wish.priceCapMicros !== undefined))
      report('lastPart', 'is left out without need')
    return
  }
  const least = wish.minimum ? Math.min(plan.energy, metered(wish.minimum.energy)) : 0
  if (!wish.lastPart || context.powerLimits || least === plan.energy) return
  const window = freeWindows(context.freeSlots, wish.arrival, wish.departure).find(
    ({ start, end }) => start <= plan.start && end >= plan.end,
  )
  if (!window || window.end - plan.end > 2_000) report('lastPart', 'does not end with the free time before departure')
  const from =
    'energy' in wish.lastPart ? plan.energy - metered(wish.lastPart.energy) : energyUntil(plan.curve, plan.end - wish.lastPart.durationMs)
  let has = 0
  for (const [index, step] of plan.curve.entries()) {
    has += (step.power * (step.to - step.from)) / WH
    const next = plan.curve[index + 1]
    if (next && next.from > step.to && has > Math.max(least, from) + NEAR_WH + plan.energy / 1_000) report('lastPart', 'pauses')
  }
}

const checkCost = (wish: CarWish, context: CarContext, { plan, report }: { plan: CarPlan; report: Report }): void => {
  const { cost } = plan
  const due = costOf(frozenTariff(context, wish.arrival)(plan.start), planUsage(plan.start, plan.end, plan.curve))
  if (due.totalMicros !== cost.totalMicros) report('cost', `is ${due.totalMicros}, not ${cost.totalMicros}`)
  if (cost.lines.reduce((sum, { amountMicros }) => sum + amountMicros, 0n) !== cost.totalMicros)
    report('cost', 'is not the sum of its lines')
  if (wish.priceCapMicros !== undefined && cost.totalMicros > wish.priceCapMicros) report('cost', 'is above the cap')
  if (plan.carbonGrams === undefined) return
  const grams = (context.carbon ?? []).reduce(
    (sum, { from, to, gramsPerKwh }) => sum + ((energyUntil(plan.curve, to) - energyUntil(plan.curve, from)) * gramsPerKwh) / 1_000,
    0,
  )
  if (Math.abs(grams - plan.carbonGrams) > 1 + grams * 1e-3) report('carbon', `is ${grams} g, not ${plan.carbonGrams}`)
}

const checkSlots = ({ slots, energy, curve }: CarPlan, report: Report): void => {
  if (slots.reduce((sum, slot) => sum + slot.energy, 0) !== energy) report('slots', 'do not add up to the energy')
  if (slots.some(({ from }, index) => index > 0 && from !== slots[index - 1]!.to)) report('slots', 'have gaps')
  for (const { from, to, energy: told } of slots)
    if (Math.abs(told - (energyUntil(curve, to) - energyUntil(curve, from))) > 2) report('slots', `give ${told} Wh from ${from} to ${to}`)
}

/** Nothing is missing that could be had; where there is a cap it may be what leaves energy out. */
const checkShortfall = (wish: CarWish, context: CarContext, { plan, report }: { plan: CarPlan; report: Report }): void => {
  if (plan.shortfall === undefined && plan.minimumShortfall === undefined) return
  const most = mostDeliverable(wish, context)
  const given = askedOf(wish, context).minimum - (plan.minimumShortfall ?? 0)
  // What a battery takes is summed up another way than the planner's.
  const near = NEAR_WH + (context.battery ? most.inAll * 0.002 : 0)
  if (wish.priceCapMicros !== undefined) return
  if (most.byHour > given + near) report('minimum', `is ${given} Wh at its hour where ${most.byHour} can be had`)
  else if (most.inAll > plan.energy + near) report('shortfall', `leaves it at ${plan.energy} Wh where ${most.inAll} can be had`)
}

export interface CarPlanCheck {
  /** Empty when the plan keeps every rule, says of itself what is true, and has a certificate that can be read. */
  readonly violations: readonly CarViolation[]
  /** By how much it may be worse than the best for its goal; undefined where nothing is proved. */
  readonly gap: CarGap | undefined
  /** By slot of the plan, where that is known: what one more kWh would cost. */
  readonly quotes: readonly CarQuote[]
}

/**
 * Checks a plan without trusting who made it: slot, curve, limits, what the battery takes, minimum, last part, pauses, cost, cap,
 * carbon, shortfall; and proves from its certificate how far it can be from the best for its goal (weak duality: any potentials give
 * a true bound, those of the planner one with little or no gap). Of an earliest plan also how far from the cheapest that ends no later, of a greenest one
 * how far from the cheapest that is as green; of one that a cap cuts short also how much more energy the cap may pay for.
 * Wish and context must be sound (`carFaults`).
 */
export const checkCarPlan = (wish: ProvedWish, context: CarContext, plan: CarPlan): CarPlanCheck => {
  const violations: CarViolation[] = []
  const report: Report = (code, message) => violations.push({ code, message })
  const metered = (energy: number) => meteredOf(wish, context, energy)
  if (metered(wish.energy) - plan.energy !== (plan.shortfall?.energy ?? 0)) report('shortfall', 'is not what is missing of the wish')
  checkShortfall(wish, context, { plan, report })
  if (plan.energy === 0) return { violations, gap: undefined, quotes: [] }
  checkSlot(wish, context, { plan, report })
  checkPower(wish, context, { plan, report })
  checkBattery(context, { plan, report })
  checkMinimum(wish, plan, { metered, report })
  checkLastPart(wish, context, { plan, metered, report })
  checkCost(wish, context, { plan, report })
  checkSlots(plan, report)
  if (plan.certificate && !certificateReads(wish, context, { ...plan, certificate: plan.certificate })) {
    report('certificate', 'does not have the energies, windows and edges of the task')
    return { violations, gap: undefined, quotes: [] }
  }
  return { violations, gap: proveCar(wish, context, plan), quotes: quoteCar(wish, context, plan) }
}
