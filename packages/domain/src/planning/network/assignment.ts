import type { NetworkOptions } from './network-options.ts'

/** Options, and what is taken of the cells that they need. */
export interface Free {
  readonly options: NetworkOptions
  /** Drivers in each cell. */
  readonly load: Int32Array
}

/** Who has which option, and what that takes of each cell. Changed in place. */
export interface Assignment extends Free {
  /** The run and option of each driver, and the cell in which it begins; -1 for one without a promise. */
  readonly run: Int32Array
  readonly option: Int32Array
  readonly cell: Int32Array
  /** Drivers of each row as a ring of two-way links: the row's own place is `drivers + row`. */
  readonly next: Int32Array
  readonly before: Int32Array
}

export const openAssignment = (options: NetworkOptions): Assignment => {
  const { drivers, rows, capacity } = options
  return {
    options,
    run: new Int32Array(drivers).fill(-1),
    option: new Int32Array(drivers).fill(-1),
    cell: new Int32Array(drivers).fill(-1),
    load: new Int32Array(capacity.length),
    next: Int32Array.from({ length: drivers + rows }, (_, index) => index),
    before: Int32Array.from({ length: drivers + rows }, (_, index) => index),
  }
}

/** The cell in which an option begins. */
export const cellOf = ({ runCell, runOption, step }: NetworkOptions, run: number, option: number): number =>
  runCell[run]! + (option - runOption[run]!) * step

/** What a driver costs as things are. */
export const costOf = ({ options, option }: Assignment, driver: number): number =>
  option[driver]! < 0 ? options.unservedCost : options.cost[option[driver]!]!

export const totalOf = (assignment: Assignment): number => {
  let total = 0
  for (let driver = 0; driver < assignment.options.drivers; driver++) total += costOf(assignment, driver)
  return total
}

export const put = (assignment: Assignment, driver: number, choice: { readonly run: number; readonly option: number }): void => {
  const { options, load, next, before } = assignment
  const { run, option } = choice
  assignment.run[driver] = run
  assignment.option[driver] = option
  const cell = cellOf(options, run, option)
  assignment.cell[driver] = cell
  for (let at = cell, end = cell + options.runLength[run]!; at < end; at++) load[at]! += 1
  const head = options.drivers + options.runRow[run]!
  const second = next[head]!
  next[head] = driver
  before[driver] = head
  next[driver] = second
  before[second] = driver
}

export const take = (assignment: Assignment, driver: number): void => {
  const { options, load, next, before } = assignment
  const run = assignment.run[driver]!
  if (run < 0) return
  const cell = assignment.cell[driver]!
  for (let at = cell, end = cell + options.runLength[run]!; at < end; at++) load[at]! -= 1
  assignment.run[driver] = -1
  assignment.option[driver] = -1
  assignment.cell[driver] = -1
  next[before[driver]!] = next[driver]!
  before[next[driver]!] = before[driver]!
}

/** Whether every cell of an interval has an EVSE left. */
export const isFree = ({ load, options }: Free, cell: number, length: number): boolean => {
  for (let at = cell; at < cell + length; at++) if (load[at]! >= options.capacity[at]!) return false
  return true
}

/** Prices summed along the rows, by which a choice is made; none where only the cost counts. */
export type PriceSums = Float64Array | undefined

export interface Choice {
  run: number
  option: number
  /** Cost and price together; that of being unserved when `run` is -1. */
  value: number
}

/** The free option of a driver with the least cost and price, below a given value. */
export const bestFree = (assignment: Free, driver: number, at: { readonly sums: PriceSums; readonly below: number }): Choice => {
  const { options } = assignment
  const { runs, runLeast, runCell, runLength, runOption, runCount, cost, step } = options
  const { sums } = at
  const best: Choice = { run: -1, option: -1, value: at.below }
  const end = runs[driver + 1]!
  for (let run = runs[driver]!; run < end && runLeast[run]! < best.value; run++) {
    const first = runOption[run]!
    const length = runLength[run]!
    for (let option = first, cell = runCell[run]!; option < first + runCount[run]!; option++, cell += step) {
      if (cost[option]! >= best.value) continue
      const value = sums ? cost[option]! + sums[cell + length]! - sums[cell]! : cost[option]!
      if (value >= best.value || !isFree(assignment, cell, length)) continue
      best.run = run
      best.option = option
      best.value = value
    }
  }
  return best
}
