import { type MicrosPerKwh, microsPerKwh } from '../site/site-problem.ts'
import type { CarPlan, CarSlot } from './car-plan.ts'
import type { CarStretch } from './car-stretches.ts'
import { carTask } from './car-task.ts'
import type { CarContext, CarWish } from './car-wish.ts'
import { placeOf } from './charge-layers.ts'

/** What one more kWh would cost in a slot of a plan. */
export interface CarQuote {
  /** Where the slot is used, what it costs to put elsewhere what has to give way; undefined where none can be had. */
  readonly marginalPerKwh: MicrosPerKwh | undefined
  /** The part of it that is above the slot's own price: what a kWh more of room there would save. */
  readonly congestionPerKwh: MicrosPerKwh | undefined
}

const NONE: CarQuote = { marginalPerKwh: undefined, congestionPerKwh: undefined }

/** A price of energy that nothing on offer explains stands for "cannot be had". */
const dearestOf = (stretches: readonly CarStretch[]): number =>
  Math.max(...stretches.map(({ perKwh, perMs, power }) => perKwh + (power > 0 ? (perMs * 3_600_000) / power : 0)))

/** Quotes each slot of a cheapest plan by its certificate, in their order; none for other goals, and where there is no certificate. */
export const quoteCar = (wish: CarWish, context: CarContext, plan: CarPlan): readonly CarQuote[] => {
  const { certificate, slots } = plan
  const task = carTask(wish, context, plan)
  const window = task.windows.findIndex((stretches) => stretches[0]!.from <= task.start && stretches.at(-1)!.to >= task.end)
  const stretches = task.windows[window]
  if (!certificate || certificate.potentials.length === 0 || !stretches || task.goal !== 'cheapest') return []
  const start = stretches.findIndex(({ from }) => from === task.start)
  const still = ({ energies, windows }: (typeof certificate.potentials)[number]) => windows[window]![Math.max(0, start) * energies.length]!
  const { energies, windows } = certificate.potentials.reduce((best, one) => (still(one) > still(best) ? one : best))
  const ceiling = dearestOf(stretches)
  /** What a Wh more in the car at the beginning of a stretch would save. */
  const worth = (place: number, energy: number): number => {
    const layer = Math.min(energies.length - 2, placeOf(energies, energy).place)
    const row = place * energies.length + layer
    return (windows[window]![row]! - windows[window]![row + 1]!) / (energies[layer + 1]! - energies[layer]!)
  }
  let has = 0
  return slots.map(({ from, energy, perKwhMicros, reason }: CarSlot): CarQuote => {
    const before = has
    has += energy
    if (reason === 'taken' || reason === 'noPower' || reason === 'lastPart') return NONE
    const place = stretches.findIndex((stretch) => stretch.from <= from && stretch.to > from)
    if (energy === 0 || place < 0) return { marginalPerKwh: microsPerKwh(perKwhMicros), congestionPerKwh: microsPerKwh(0) }
    const price = Math.max(perKwhMicros, Math.round(worth(place, before)))
    if (price > ceiling + 1) return NONE
    return { marginalPerKwh: microsPerKwh(price), congestionPerKwh: microsPerKwh(price - perKwhMicros) }
  })
}
