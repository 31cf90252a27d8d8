import assert from 'node:assert/strict'
import { epochMs, wattHours } from '@voltway/units'
import type { CarPlan } from '../car-plan.ts'
import type { CarContext, CarWish } from '../car-wish.ts'
import { planCar } from '../plan-car.ts'
import { ARRIVAL, QUARTER, quarterContext } from './quarter-context.ts'

/** So many quarters of an hour after the arrival. */
export const at = (part: number) => epochMs(ARRIVAL + part * QUARTER)

/** Prices in cents for a kWh, one a quarter of an hour. */
export const centsContext = (cents: readonly number[], extra: Partial<CarContext> = {}): CarContext =>
  quarterContext(
    cents.map((price) => price * 10_000),
    extra,
  )

/** The plan of a wish that can be planned. */
export const planned = (wish: CarWish, context: CarContext): CarPlan => {
  const result = planCar(wish, context)
  assert.ok(result.ok)
  return result.value
}

/** Few enough to see what is best by eye. */
export const FEW_CENTS = [30, 50, 20, 40, 60, 10]
export const FEW: CarWish = { arrival: at(0), departure: at(6), energy: wattHours(5_000), goal: 'cheapest' }
