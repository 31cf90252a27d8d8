import type { CarStretch } from './car-stretches.ts'
import type { CarGoal } from './car-wish.ts'

/** What plans are measured by: billionths of money for the cheapest, milligrams of carbon for the greenest. */
export interface CarMeasure {
  /** For a Wh in a stretch. */
  readonly perWh: (stretch: CarStretch) => number
  /** For a millisecond of a stretch between start and end. */
  readonly perMs: (stretch: CarStretch) => number
  /** For beginning where a stretch does; undefined where no plan may. */
  readonly fee: (stretch: CarStretch) => number | undefined
}

/** Money before lines are rounded, or carbon with money at a price beside it. @param capPrice what a billionth of money counts for beside carbon */
export const carMeasure = (goal: CarGoal, capPrice: number): CarMeasure => {
  const [money, grams] = goal === 'greenest' ? [capPrice, 1] : [1, 0]
  return {
    perWh: (stretch) => money * stretch.perKwh + grams * stretch.grams,
    perMs: (stretch) => money * stretch.perMs,
    fee: (stretch) => (stretch.fee === undefined ? undefined : money * stretch.fee),
  }
}

/** Money alone. */
export const MONEY = carMeasure('cheapest', 0)

interface Drawn {
  readonly start: number
  readonly end: number
  readonly curve: readonly { readonly from: number; readonly to: number; readonly power: number }[]
}

/** What a curve comes to, its energy spread evenly over each step. @param stretches of the free window that it lies in */
export const measured = ({ start, end, curve }: Drawn, stretches: readonly CarStretch[], measure: CarMeasure): number => {
  let sum = 0
  let next = 0
  for (const stretch of stretches) {
    const { from, to } = stretch
    if (from <= start && to > start) sum += measure.fee({ ...stretch, from: start }) ?? 0
    sum += measure.perMs(stretch) * Math.max(0, Math.min(to, end) - Math.max(from, start))
    while (next < curve.length && curve[next]!.to <= from) next++
    for (let index = next; index < curve.length && curve[index]!.from < to; index++) {
      const step = curve[index]!
      const lasts = Math.min(to, step.to) - Math.max(from, step.from)
      if (lasts > 0) sum += (measure.perWh(stretch) * step.power * lasts) / 3_600_000
    }
  }
  return sum
}
