import type { CarShortfallCause } from './car-plan.ts'
import type { CarContext, CarWish } from './car-wish.ts'
import { planCar } from './plan-car.ts'

/**
 * Why a minimum cannot all be in by its hour: what keeps the minimum alone from being charged until then. `otherChoices` where nothing
 * does: then it is no pause, a last part, or the cap on all of the energy that leaves no room for it.
 */
export const minimumCause = (wish: CarWish, context: CarContext): CarShortfallCause | 'otherChoices' | undefined => {
  const { minimum, arrival, priceCapMicros } = wish
  if (!minimum) return undefined
  const alone: CarWish = {
    arrival,
    departure: minimum.by,
    energy: minimum.energy,
    goal: 'earliest',
    ...(priceCapMicros !== undefined && { priceCapMicros }),
  }
  const planned = planCar(alone, context)
  if (planned.ok) return planned.value.shortfall?.cause ?? 'otherChoices'
  // Limits that reach the least power later only are sound for the wish, not for the minimum alone.
  return planned.failure.some(({ field }) => field === 'context.powerLimits') ? 'powerLimits' : 'otherChoices'
}
