import { type Rational, rational } from '@voltway/units'
import type { CostDimension } from './cost.ts'

/** What is summed for one line of a receipt: an exact quantity at one price. */
export interface LineSum {
  readonly dimension: CostDimension
  readonly label: string
  readonly unitPriceMicros: bigint
  readonly quantity: Rational
}

interface Sum {
  readonly dimension: CostDimension
  readonly label: string
  readonly unitPriceMicros: bigint
  /** Whole units are kept apart from fractions: most intervals add no fraction, and then no division is done. */
  whole: bigint
  numerator: bigint
  denominator: bigint
}

/** Sums quantities exactly, by (dimension, label, unit price), in the order of their first appearance. */
export const lineSums = () => {
  const sums = new Map<string, Sum>()
  const sumOf = (dimension: CostDimension, label: string, unitPriceMicros: bigint): Sum => {
    const key = `${dimension}\n${unitPriceMicros}\n${label}`
    const known = sums.get(key)
    if (known) return known
    const sum = { dimension, label, unitPriceMicros, whole: 0n, numerator: 0n, denominator: 1n }
    sums.set(key, sum)
    return sum
  }
  return {
    /** Adds numerator / denominator of the dimension's unit. */
    add: (line: Omit<LineSum, 'quantity'>, numerator: bigint, denominator = 1n) => {
      const sum = sumOf(line.dimension, line.label, line.unitPriceMicros)
      if (denominator === 1n) sum.whole += numerator
      else if (denominator === sum.denominator) sum.numerator += numerator
      else {
        const exact = rational(sum.numerator * denominator + numerator * sum.denominator, sum.denominator * denominator)
        sum.numerator = exact.numerator
        sum.denominator = exact.denominator
      }
    },
    lines: (): readonly LineSum[] =>
      [...sums.values()].map(({ dimension, label, unitPriceMicros, whole, numerator, denominator }) => ({
        dimension,
        label,
        unitPriceMicros,
        quantity: rational(whole * denominator + numerator, denominator),
      })),
  }
}

export type LineSums = ReturnType<typeof lineSums>
