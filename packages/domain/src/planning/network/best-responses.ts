import type { NetworkOptions } from './network-options.ts'

/** Prices of cells, and what every driver would take at them. Changed in place from one round to the next. */
export interface Responses {
  /** Whole micros for one EVSE of a row in a slot, by cell. */
  readonly price: Float64Array
  /** Prices summed along each row, so that what a charge pays for its cells is a difference. */
  readonly sums: Float64Array
  /** Rows with a price above zero: in the others there is no need to look at cells. */
  readonly isPriced: Uint8Array
  /** The run and option of each driver; -1 where no option is worth its price. */
  readonly run: Int32Array
  readonly option: Int32Array
  /** Drivers in each cell. */
  readonly load: Int32Array
  /** Cells that were ever wanted by more drivers than there are EVSEs; all others have no price. */
  readonly isContested: Uint8Array
  isAnyContested: boolean
  /** The cost that no plan can be below (weak duality). */
  bound: number
}

export const openResponses = ({ drivers, rows, capacity }: NetworkOptions): Responses => ({
  price: new Float64Array(capacity.length),
  sums: new Float64Array(capacity.length),
  isPriced: new Uint8Array(rows),
  run: new Int32Array(drivers).fill(-1),
  option: new Int32Array(drivers).fill(-1),
  load: new Int32Array(capacity.length),
  isContested: new Uint8Array(capacity.length),
  isAnyContested: false,
  bound: 0,
})

/** Sums prices along the rows. @returns what all capacity is worth at them */
const sumPrices = ({ rows, stride, capacity }: NetworkOptions, { price, sums, isPriced }: Responses): number => {
  let worth = 0
  for (let row = 0; row < rows; row++) {
    if (isPriced[row] === 0) continue
    let sum = 0
    for (let cell = row * stride; cell < (row + 1) * stride; cell++) {
      sums[cell] = sum
      if (price[cell] === 0) continue
      sum += price[cell]!
      worth += price[cell]! * capacity[cell]!
    }
    if (sum === 0) isPriced[row] = 0
  }
  return worth
}

const best = { run: -1, option: -1, value: 0 }
/** Sets `best` to the option of one driver with the least cost and price, the first among equals. */
const findBest = (options: NetworkOptions, { sums, isPriced }: Responses, driver: number): void => {
  const { runs, runLeast, runRow, runCell, runLength, runOption, runCount, cost, step } = options
  let value = options.unservedCost
  best.run = -1
  best.option = -1
  const end = runs[driver + 1]!
  for (let run = runs[driver]!; run < end && runLeast[run]! < value; run++) {
    const first = runOption[run]!
    if (isPriced[runRow[run]!] === 0) {
      value = runLeast[run]!
      best.run = run
      best.option = first
      while (cost[best.option] !== value) best.option++
      continue
    }
    const last = first + runCount[run]!
    const length = runLength[run]!
    for (let option = first, cell = runCell[run]!; option < last; option++, cell += step) {
      if (cost[option]! >= value) continue
      const worth = cost[option]! + sums[cell + length]! - sums[cell]!
      if (worth >= value) continue
      value = worth
      best.run = run
      best.option = option
    }
  }
  best.value = value
}

const shiftLoad = (options: NetworkOptions, at: Responses, choice: { readonly driver: number; readonly by: 1 | -1 }): void => {
  const run = at.run[choice.driver]!
  if (run < 0) return
  const { runCell, runLength, runOption, step, capacity } = options
  const first = runCell[run]! + (at.option[choice.driver]! - runOption[run]!) * step
  const last = first + runLength[run]!
  for (let cell = first; cell < last; cell++) {
    at.load[cell]! += choice.by
    if (at.load[cell]! <= capacity[cell]!) continue
    at.isContested[cell] = 1
    at.isAnyContested = true
  }
}

/** Lets every driver choose at the prices in `at`: sets choices, load and bound. */
export const respond = (options: NetworkOptions, at: Responses): void => {
  let bound = -sumPrices(options, at)
  for (let driver = 0; driver < options.drivers; driver++) {
    findBest(options, at, driver)
    bound += best.value
    if (best.option === at.option[driver]) continue
    shiftLoad(options, at, { driver, by: -1 })
    at.run[driver] = best.run
    at.option[driver] = best.option
    shiftLoad(options, at, { driver, by: 1 })
  }
  at.bound = bound
}
