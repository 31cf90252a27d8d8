import type { CarPotentials } from './car-certificate.ts'
import { type CarMeasure, carMeasure, MONEY } from './car-measure.ts'
import type { CarPlan, CarSlot } from './car-plan.ts'
import { type CarQuote, NO_QUOTE, quoteOf } from './car-quote.ts'
import type { CarStretch } from './car-stretches.ts'
import { type CarTask, carTask, keepsLast, type ProvedWish, secondTask } from './car-task.ts'
import type { CarContext } from './car-wish.ts'
import { placeOf } from './charge-layers.ts'
import { roomFor } from './most-deliverable.ts'
import { isAllPower, MORE_WH, quoteGoingOn, quoteRuns } from './quote-runs.ts'

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
  const { potentials, second, capPrice } = certificate
  if (task.goal === 'earliest') return { potentials: second?.potentials ?? [], task: secondTask(task), measure: MONEY }
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

const quotesByPotentials = (all: CarTask, plan: CarPlan): readonly CarQuote[] => {
  const book = bookOf(all, plan)
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
    const layer = Math.min(energies.length - 2, Math.floor(placeOf(energies, energy)))
    const row = place * energies.length + layer
    return (windows[window]![row]! - windows[window]![row + 1]!) / (energies[layer + 1]! - energies[layer]!)
  }
  let has = 0
  return plan.slots.map(({ from, energy, reason }: CarSlot): CarQuote => {
    const before = has
    has += energy
    const place = stretches.findIndex((stretch) => stretch.from <= from && stretch.to > from)
    if (place < 0 || reason === 'taken' || reason === 'noPower' || reason === 'lastPart') return NO_QUOTE
    const own = energy === 0 ? unusedPrice(book, stretches, place) : measure.perWh(stretches[place]!)
    const price = energy === 0 ? own : Math.max(own, worth(place, before))
    return energy > 0 && price > ceiling + 1 ? NO_QUOTE : quoteOf(task.goal, price, own)
  })
}

/** A choice that looks at nothing else, as the paper's four are. */
const isAsked = ({ slots }: CarPlan): boolean => slots[0]?.reason === 'asked'

/**
 * Quotes each slot of a plan, in their order: for a cheapest plan in money, with waiting where that has a price; for a greenest one in carbon;
 * for an earliest one in money. By its certificate, without which there are none; where it does not pause, by all runs that it may be. What was asked
 * for just so, or is as soon as can be, is quoted what it costs to go on. None where the battery has no room for a kWh more, or where it may not
 * pause and has to end when the car leaves.
 */
export const quoteCar = (wish: ProvedWish, context: CarContext, plan: CarPlan): readonly CarQuote[] => {
  const task = carTask(wish, context, plan)
  const quoted = { task, plan }
  if (plan.energy + MORE_WH > roomFor(context)) return []
  if (keepsLast(wish, plan)) return wish.uninterrupted ? [] : quotesByPotentials(task, plan)
  if (isAsked(plan) || (task.goal === 'earliest' && isAllPower(context, task))) return quoteGoingOn(wish, context, quoted)
  return wish.uninterrupted ? quoteRuns(wish, context, quoted) : quotesByPotentials(task, plan)
}
