import { openResponses, type Responses, respond } from './best-responses.ts'
import type { NetworkOptions } from './network-options.ts'

/** The first step of a price, as a share of what a driver costs on average when alone. */
const FIRST_STEP = 0.05
/** How much of the last direction is kept: more where there are rounds enough for prices to settle. */
const MOMENTUM = { few: 0.6, many: 0.9 }
const MANY_ROUNDS = 200
/** How much of the last squares of excess is kept. */
const SQUARES = 0.9
/** By how many natural logarithms steps shrink over all rounds. */
const SHRINK = 6
/** Looks at options in all: large networks get fewer rounds. */
const LOOKS = 60e6
const FEWEST_ROUNDS = 40
const MOST_ROUNDS = 600

/** Moves the price of every contested cell by its recent excess of demand, in proportion to how large that usually is. */
const movePrices = (
  options: NetworkOptions,
  at: Responses,
  way: { readonly mean: Float64Array; readonly squares: Float64Array; readonly momentum: number; readonly step: number },
): void => {
  const { rows, stride, capacity } = options
  const { load, price, isContested, isPriced } = at
  const { mean, squares, momentum, step } = way
  for (let row = 0; row < rows; row++)
    for (let cell = row * stride; cell < (row + 1) * stride; cell++) {
      if (isContested[cell] === 0) continue
      const excess = load[cell]! - capacity[cell]!
      mean[cell] = momentum * mean[cell]! + (1 - momentum) * excess
      squares[cell] = SQUARES * squares[cell]! + (1 - SQUARES) * excess * excess
      price[cell] = Math.max(0, Math.round(price[cell]! + (step * mean[cell]!) / (Math.sqrt(squares[cell]!) + 0.3)))
      if (price[cell]! > 0) isPriced[row] = 1
    }
}

const sumsOf = ({ rows, stride }: NetworkOptions, price: Float64Array): Float64Array => {
  const sums = new Float64Array(price.length)
  for (let row = 0; row < rows; row++)
    for (let cell = row * stride; cell < (row + 1) * stride - 1; cell++) sums[cell + 1] = sums[cell]! + price[cell]!
  return sums
}

export interface PricedSlots {
  /** Whole micros for one EVSE of a row in a slot, by cell; and summed along each row. */
  readonly price: Float64Array
  readonly sums: Float64Array
  /** How often each option was its driver's choice in the second half of the rounds. */
  readonly taken: Uint16Array
  /** The cost that no plan can be below. */
  readonly bound: number
}

const noteTaken = ({ option }: Responses, taken: Uint16Array): void => {
  for (let driver = 0; driver < option.length; driver++) if (option[driver]! >= 0) taken[option[driver]!]! += 1
}

/**
 * Prices for slots of EVSEs that more drivers want than there is room for: dual ascent on the bound of weak duality, by the
 * excess of demand with momentum and steps that shrink, scaled in each cell by its usual size (as in Adam, Kingma and Ba 2015). Any
 * prices give a true bound; the best that were met are kept.
 */
export const priceSlots = (options: NetworkOptions): PricedSlots => {
  const at = openResponses(options)
  respond(options, at)
  const rounds = Math.min(MOST_ROUNDS, Math.max(FEWEST_ROUNDS, Math.floor(LOOKS / Math.max(1, options.cost.length))))
  const momentum = rounds < MANY_ROUNDS ? MOMENTUM.few : MOMENTUM.many
  const way = { mean: new Float64Array(at.price.length), squares: new Float64Array(at.price.length), momentum }
  const taken = new Uint16Array(options.cost.length)
  const kept = { price: Float64Array.from(at.price), bound: at.bound }
  let step = (FIRST_STEP * at.bound) / Math.max(1, options.drivers)
  noteTaken(at, taken)
  for (let round = 1; round <= rounds && at.isAnyContested; round++) {
    movePrices(options, at, { ...way, step })
    respond(options, at)
    step *= 1 - (rounds < MANY_ROUNDS ? 4 : SHRINK) / rounds
    if (round === rounds >> 1) taken.fill(0)
    if (round >= rounds >> 1) noteTaken(at, taken)
    if (at.bound <= kept.bound) continue
    kept.price.set(at.price)
    kept.bound = at.bound
  }
  return { ...kept, sums: sumsOf(options, kept.price), taken }
}
