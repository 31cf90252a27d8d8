import type { NetworkOptions } from './network-options.ts'

/** Options of a driver that are looked at when others might have to move for it. */
export const WIDTH = 8

/** The best options of each driver by cost and price, best first: `WIDTH` places each, with run -1 where there are fewer. */
export interface Candidates {
  readonly run: Int32Array
  readonly option: Int32Array
  /** Cost and price in micros. */
  readonly value: Float64Array
}

export const candidatesOf = (options: NetworkOptions, sums: Float64Array): Candidates => {
  const { drivers, runs, runLeast, runCell, runLength, runOption, runCount, cost, step, unservedCost } = options
  const run = new Int32Array(drivers * WIDTH).fill(-1)
  const option = new Int32Array(drivers * WIDTH).fill(-1)
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
        }
        value[at] = worth
        run[at] = each
        option[at] = own
      }
    }
  }
  return { run, option, value }
}
