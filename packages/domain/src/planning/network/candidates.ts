import { type Assignment, bestFree, type Choice, isFree, type PriceSums } from './assignment.ts'
import type { NetworkOptions } from './network-options.ts'

/** Options of a driver that are kept in order: enough that one of them is nearly always free. */
export const WIDTH = 24

/** The best options of each driver by cost and price, best first: `WIDTH` places each, with run -1 where there are fewer. */
export interface Candidates {
  readonly run: Int32Array
  readonly option: Int32Array
  /** The cell in which it begins. */
  readonly cell: Int32Array
  /** Cost and price in micros. */
  readonly value: Float64Array
}

export const candidatesOf = (options: NetworkOptions, sums: Float64Array): Candidates => {
  const { drivers, runs, runLeast, runCell, runLength, runOption, runCount, cost, step, unservedCost } = options
  const run = new Int32Array(drivers * WIDTH).fill(-1)
  const option = new Int32Array(drivers * WIDTH).fill(-1)
  const cells = new Int32Array(drivers * WIDTH)
  const value = new Float64Array(drivers * WIDTH).fill(Number.POSITIVE_INFINITY)
  for (let driver = 0; driver < drivers; driver++) {
    const from = driver * WIDTH
    const last = from + WIDTH - 1
    for (let each = runs[driver]!; each < runs[driver + 1]! && runLeast[each]! < value[last]!; each++) {
      const length = runLength[each]!
      const end = runOption[each]! + runCount[each]!
      for (let own = runOption[each]!, cell = runCell[each]!; own < end; own++, cell += step) {
        if (cost[own]! >= unservedCost || cost[own]! >= value[last]!) continue
        const worth = cost[own]! + sums[cell + length]! - sums[cell]!
        if (worth >= value[last]!) continue
        let at = last
        for (; at > from && value[at - 1]! > worth; at--) {
          value[at] = value[at - 1]!
          run[at] = run[at - 1]!
          option[at] = option[at - 1]!
          cells[at] = cells[at - 1]!
        }
        value[at] = worth
        run[at] = each
        option[at] = own
        cells[at] = cell
      }
    }
  }
  return { run, option, cell: cells, value }
}

type Found = Pick<Choice, 'run' | 'option'>
const first: Found = { run: -1, option: -1 }
/**
 * What `bestFree` finds at the prices that the candidates were ordered by, without looking at all options. Now and then, as
 * chance has it, a free one is passed over for the next (as the blinks of Christiaens and Vanden Berghe 2020).
 */
export const firstFree = (
  assignment: Assignment,
  driver: number,
  at: { readonly candidates: Candidates; readonly sums: PriceSums; readonly random: () => number; readonly passedOver: number },
): Readonly<Found> => {
  const { runLength } = assignment.options
  const { run, option, cell } = at.candidates
  const from = driver * WIDTH
  for (let index = from; index < from + WIDTH; index++) {
    const own = run[index]!
    first.run = own
    if (own < 0) return first
    first.option = option[index]!
    if (isFree(assignment, cell[index]!, runLength[own]!) && at.random() >= at.passedOver) return first
  }
  return bestFree(assignment, driver, { sums: at.sums, below: Number.POSITIVE_INFINITY })
}
