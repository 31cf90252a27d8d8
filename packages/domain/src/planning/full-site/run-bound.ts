/** What it costs to be on in a slot, at least; what it costs to be off is nothing. */
export type OnCost = readonly number[]

/**
 * Least cost of a window in which charging comes in at most so many runs, each at least so many slots long: by slot, runs begun
 * and slots into the run.
 * @param leastRun at most the length of the window
 */
export const leastOfRuns = (cost: OnCost, mostRuns: number, leastRun: number): number => {
  const runs = Math.min(mostRuns, Math.ceil(cost.length / 2))
  const never = Number.POSITIVE_INFINITY
  // off[k]: off after k runs; on[k][r]: on in run k for r slots, the last r standing for that many or more.
  let off: number[] = Array.from({ length: runs + 1 }, (_, run) => (run === 0 ? 0 : never))
  let on: number[][] = off.map(() => Array.from({ length: leastRun + 1 }, () => never))
  for (const price of cost) {
    const nextOff = off.map((value, run) => Math.min(value, on[run]![leastRun]!))
    const nextOn = on.map((row, run) =>
      row.map((_, length) => {
        if (length === 0 || run === 0) return never
        const begun = length === 1 ? off[run - 1]! : row[length - 1]!
        return price + (length === leastRun ? Math.min(begun, row[leastRun]!) : begun)
      }),
    )
    off = nextOff
    on = nextOn
  }
  return Math.min(...off, ...on.map((row) => row[leastRun]!))
}
