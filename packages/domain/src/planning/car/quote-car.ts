import { type MicrosPerKwh, microsPerKwh } from '../site/site-problem.ts'
import type { CarPotentials } from './car-certificate.ts'
import { type CarMeasure, carMeasure } from './car-measure.ts'
import type { CarPlan, CarSlot } from './car-plan.ts'
import type { CarStretch } from './car-stretches.ts'
import { type CarTask, carTask, cutTask, type ProvedWish } from './car-task.ts'
import type { CarContext } from './car-wish.ts'
import { placeOf } from './charge-layers.ts'

/** What one more kWh would cost in a slot of a plan: money, or for a greenest plan carbon. */
export interface CarQuote {
  /** Where the slot is used, what it costs to put elsewhere what has to give way; undefined where none can be had, and for a greenest plan. */
  readonly marginalPerKwh: MicrosPerKwh | undefined
  /** The part of it that is above the slot's own price: what a kWh more of room there would save. */
  readonly congestionPerKwh: MicrosPerKwh | undefined
  /** Of a greenest plan: how much the least carbon would rise, whole g of CO2; under a cap that binds, for the same money. */
  readonly marginalGramsPerKwh?: number
}

const NONE: CarQuote = { marginalPerKwh: undefined, congestionPerKwh: undefined }

/** What quotes are read from: potentials, the windows that they are for, and what they measure. */
interface QuoteBook {
  readonly potentials: readonly CarPotentials[]
  readonly task: CarTask
  readonly measure: CarMeasure
}

/** A price of energy that nothing on offer explains stands for "cannot be had". */
const dearestOf = (stretches: readonly CarStretch[], { perWh, perMs }: CarMeasure): number =>
  Math.max(...stretches.map((stretch) => perWh(stretch) + (stretch.power > 0 ? (perMs(stretch) * 3_600_000) / stretch.power : 0)))

/** An earliest plan is quoted what is left to choose: money, among plans that end no later. */
const bookOf = (task: CarTask, { certificate }: CarPlan): QuoteBook | undefined => {
  if (!certificate) return undefined
  const { potentials, second = [], capPrice } = certificate
  if (task.goal === 'earliest') return { potentials: second, task: cutTask(task, task.end), measure: carMeasure('cheapest', 0) }
  return { potentials, task, measure: carMeasure(task.goal, capPrice) }
}

/** What a Wh in an unused stretch would measure: its own price, with the minutes and the waiting until it where the plan is over by then. */
const unusedPrice = ({ task, measure }: QuoteBook, stretches: readonly CarStretch[], place: number): number => {
  const { perWh, perMs } = measure
  const own = stretches[place]!
  const isInside = own.from >= task.start && own.to <= task.end
  if (isInside || own.power === 0 || perMs(own) === 0) return perWh(own)
  const [from, to] = own.from >= task.end ? [task.end, own.from] : [own.to, task.start]
  const idle = stretches.reduce((sum, one) => sum + perMs(one) * Math.max(0, Math.min(to, one.to) - Math.max(from, one.from)), 0)
  return perWh(own) + idle / 1_000 + (perMs(own) * 3_600_000) / own.power
}

/**
 * Quotes each slot of a plan by its certificate, in their order: for a cheapest plan in money, with waiting where that has a price; for a
 * greenest one in carbon; for an earliest one in money, where more can be had without ending later. None where there is no certificate.
 */
export const quoteCar = (wish: ProvedWish, context: CarContext, plan: CarPlan): readonly CarQuote[] => {
  const book = bookOf(carTask(wish, context, plan), plan)
  const window = book?.task.windows.findIndex((stretches) => stretches[0]!.from <= plan.start && stretches.at(-1)!.to >= book.task.end)
  const stretches = window === undefined ? undefined : book?.task.windows[window]
  if (!book || window === undefined || !stretches || book.potentials.length === 0) return []
  const { task, measure, potentials } = book
  const start = Math.max(
    0,
    stretches.findIndex(({ from }) => from === task.start),
  )
  const still = ({ energies, windows }: CarPotentials) => windows[window]![start * energies.length]!
  const { energies, windows } = potentials.reduce((best, one) => (still(one) > still(best) ? one : best))
  const ceiling = dearestOf(stretches, measure)
  /** What a Wh more in the car at the beginning of a stretch would save. */
  const worth = (place: number, energy: number): number => {
    const layer = Math.min(energies.length - 2, placeOf(energies, energy).place)
    const row = place * energies.length + layer
    return (windows[window]![row]! - windows[window]![row + 1]!) / (energies[layer + 1]! - energies[layer]!)
  }
  const quoteOf = (price: number, own: number): CarQuote =>
    task.goal === 'greenest'
      ? { ...NONE, marginalGramsPerKwh: Math.round(price) }
      : { marginalPerKwh: microsPerKwh(Math.round(price)), congestionPerKwh: microsPerKwh(Math.round(price) - Math.round(own)) }
  let has = 0
  return plan.slots.map(({ from, energy, reason }: CarSlot): CarQuote => {
    const before = has
    has += energy
    const place = stretches.findIndex((stretch) => stretch.from <= from && stretch.to > from)
    if (place < 0 || reason === 'taken' || reason === 'noPower' || reason === 'lastPart') return NONE
    const own = energy === 0 ? unusedPrice(book, stretches, place) : measure.perWh(stretches[place]!)
    const price = energy === 0 ? own : Math.max(own, worth(place, before))
    return energy > 0 && price > ceiling + 1 ? NONE : quoteOf(price, own)
  })
}
