import { epochMs, watts } from '@voltway/units'
import { isFree } from '../reservations/booking-index.ts'
import { chargingTime } from './evcms-plans.ts'
import { frozenTariff } from './frozen-tariff.ts'
import type { ChargeWish, Plan } from './plan.ts'
import { type PlanContext, planPower } from './plan-context.ts'
import { pricePlan } from './price-plan.ts'

/**
 * The wish exactly as asked: its energy at full power from the arrival on. What offers are compared with; undefined when the
 * slot is taken or in the past, does not end by departure, or nothing is asked.
 */
export const askedPlan = (wish: ChargeWish, context: PlanContext): Plan | undefined => {
  const power = planPower(context)
  if (power === 0 || !(wish.energy > 0) || wish.arrival < context.now) return undefined
  const [start, end] = [wish.arrival, epochMs(wish.arrival + chargingTime(wish.energy, power))]
  if (end > wish.departure || !isFree(context.freeSlots, { start, end })) return undefined
  const curve = [{ from: start, to: end, power: watts(power) }]
  return pricePlan({ kind: 'power', start, end, energy: wish.energy, curve, reasons: [{ code: 'asAsked' }] }, frozenTariff(context, start))
}
