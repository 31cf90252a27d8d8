import { type MicrosPerKwh, microsPerKwh } from '../site/site-problem.ts'
import type { CarGoal } from './car-wish.ts'

/** What one more kWh would cost in a slot of a plan: money, or for a greenest plan carbon. */
export interface CarQuote {
  /** Where the slot is used, what it costs to put elsewhere what has to give way; undefined where none can be had, and for a greenest plan. */
  readonly marginalPerKwh: MicrosPerKwh | undefined
  /** The part of it that is above the slot's own price: what a kWh more of room there would save. Undefined also for a charge without pauses, which has a price as a whole only. */
  readonly congestionPerKwh: MicrosPerKwh | undefined
  /** Of a greenest plan: how much the least carbon would rise, whole g of CO2; under a cap that binds, for the same money. */
  readonly marginalGramsPerKwh?: number
}

export const NO_QUOTE: CarQuote = { marginalPerKwh: undefined, congestionPerKwh: undefined }

/**
 * @param price billionths, or mg, for a Wh
 * @param own of it what the slot itself costs, where it has a price of its own
 */
export const quoteOf = (goal: CarGoal, price: number, own?: number): CarQuote => {
  if (!Number.isFinite(price)) return NO_QUOTE
  if (goal === 'greenest') return { ...NO_QUOTE, marginalGramsPerKwh: Math.round(price) }
  const marginalPerKwh = microsPerKwh(Math.round(price))
  return { marginalPerKwh, congestionPerKwh: own === undefined ? undefined : microsPerKwh(marginalPerKwh - Math.round(own)) }
}
