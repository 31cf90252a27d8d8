import type { CarCell } from './car-cells.ts'
import type { CarGoal } from './car-wish.ts'
import type { ChargePiece } from './charge-pieces.ts'
import type { ChargeTable } from './charge-table.ts'

/** What a billionth of money and a milligram of carbon weigh in a search. */
export interface Weights {
  readonly money: number
  readonly grams: number
}

/** A milligram weighs as much as a whole unit of money: carbon decides, and money only between equals. */
export const WEIGHTS: Readonly<Record<CarGoal, Weights>> = {
  cheapest: { money: 1, grams: 0 },
  earliest: { money: 1, grams: 0 },
  greenest: { money: 1, grams: 2 ** 30 },
}

/** One free window, and what its plans are measured by. */
export interface SearchSetting {
  readonly cells: readonly CarCell[]
  readonly table: ChargeTable
  readonly goal: CarGoal
  readonly weights: Weights
  /** Money that a plan costs by its start alone, in billionths. */
  readonly fixedAt: (start: number) => number
  /** Money for the minutes from the first cell's start to an instant, in billionths. */
  readonly minutesTo: (at: number) => number
  /** What weighs besides energy when all of it is in at an instant: the minutes up to it, or up to the end of a last part and that part. */
  readonly weighsAt: (end: number) => number
  /** Of the energy, so much must be in by an edge of the cells. */
  readonly minimum: { readonly energy: number; readonly by: number } | undefined
  /** Most that `weights` may make of a plan. */
  readonly cap: number
}

/** The best plan of a window. */
export interface Found {
  readonly start: number
  readonly end: number
  readonly weighed: number
  readonly pieces: readonly ChargePiece[]
  /** Metered energy before a last part that is kept until the end. */
  readonly head?: number
  /** Ends with its window, as a last part does. */
  readonly keepsLast?: true
  /** What a billionth of money counted for beside a milligram of carbon, where a cap decided. */
  readonly capPrice?: number
}

export type Rank = Pick<Found, 'start' | 'end' | 'weighed'>

const isSame = (a: number, b: number) => Math.abs(a - b) <= 10 + 1e-12 * Math.abs(b)

/** Whether one plan is better than another: by the goal; of equal ones what ends first, then what holds the EVSE for the least time. */
export const isBetter = (goal: CarGoal, a: Rank, b: Rank | undefined): boolean => {
  if (!b) return true
  if (goal === 'earliest' && a.end !== b.end) return a.end < b.end
  if (!isSame(a.weighed, b.weighed)) return a.weighed < b.weighed
  return a.end !== b.end ? a.end < b.end : a.start > b.start
}

/** Whether a plan that ends so and weighs so much at least is certainly no better than another one. */
export const isHopeless = (goal: CarGoal, { end, weighed }: Omit<Rank, 'start'>, best: Rank | undefined): boolean => {
  if (best === undefined || goal === 'earliest') return false
  if (isSame(weighed, best.weighed)) return end > best.end
  return weighed > best.weighed
}

/** What one Wh in a cell weighs. */
export const unitOf = ({ perKwh, grams }: CarCell, weights: Weights): number => weights.money * perKwh + weights.grams * grams

/** Money for minutes, as `minutesTo` gives it. */
export const minuteMoney = (cells: readonly CarCell[]): ((at: number) => number) => {
  const sums = [0]
  for (const { from, to, perMinute } of cells) sums.push(sums.at(-1)! + Math.round((perMinute * 1_000 * (to - from)) / 60_000))
  return (at) => {
    let [low, high] = [0, cells.length - 1]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (cells[middle]!.to < at) low = middle + 1
      else high = middle
    }
    const cell = cells[low]
    if (!cell) return 0
    return at >= cell.to ? sums[low + 1]! : sums[low]! + (cell.perMinute * 1_000 * (at - cell.from)) / 60_000
  }
}
