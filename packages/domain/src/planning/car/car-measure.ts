import type { CarStretch } from './car-stretches.ts'
import type { CarGoal } from './car-wish.ts'

/** What plans are measured by. */
export interface CarMeasure {
  /** For a Wh in a stretch. */
  readonly perWh: (stretch: CarStretch) => number
  /** For a millisecond of a stretch between start and end. */
  readonly perMs: (stretch: CarStretch) => number
  /** For beginning where a stretch does; undefined where no plan may. */
  readonly fee: (stretch: CarStretch) => number | undefined
}

/** By what a billionth of money before lines are rounded, and a milligram of carbon, count for. */
const weighing = (money: number, carbon: number): CarMeasure => ({
  perWh: (stretch) => money * stretch.perKwh + carbon * stretch.grams,
  perMs: (stretch) => money * stretch.perMs,
  fee: (stretch) => (stretch.fee === undefined ? undefined : money * stretch.fee),
})

/** Money, with carbon at a price beside it where a greenest plan has to be cheap too. @param carbonPrice billionths for a milligram */
export const moneyWith = (carbonPrice: number): CarMeasure => weighing(1, carbonPrice)

export const MONEY = moneyWith(0)

/** What is best for a goal: money, or carbon with money at a price beside it. @param capPrice what a billionth of money counts for beside carbon */
export const carMeasure = (goal: CarGoal, capPrice: number): CarMeasure => (goal === 'greenest' ? weighing(capPrice, 1) : MONEY)

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
