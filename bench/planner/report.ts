/** One figure of the benchmark, as `--json` prints it. */
export interface Line {
  readonly bench: 'planner'
  readonly case: string
  readonly value: number
  readonly unit: string
  /** The peer's figure in the same run, or the aim. */
  readonly baseline: number | null
  /** `baseline` of `value`: above 1 is better than it. */
  readonly ratio: number | null
}

/** A part of the benchmark that was not measured, and why: a line of its own, so that nobody takes silence for a result. */
export interface SkippedLine {
  readonly bench: 'planner'
  readonly case: string
  readonly value: null
  readonly unit: null
  readonly baseline: null
  readonly ratio: null
  readonly skipped: string
}

export const skippedLine = (name: string, why: string): SkippedLine => ({
  ...{ bench: 'planner', case: name, value: null, unit: null, baseline: null, ratio: null },
  skipped: why,
})

const rounded = (value: number) => Number(value.toPrecision(4))

export const lineOf = (name: string, value: number, unit: string, baseline?: number): Line => ({
  bench: 'planner',
  case: name,
  value: rounded(value),
  unit,
  baseline: baseline === undefined ? null : rounded(baseline),
  // A share below nothing (cheaper than the hindsight optimum) has no ratio that could be read as one.
  ratio: baseline === undefined || value <= 0 ? null : rounded(baseline / value),
})

/** How a time stands to the one aimed at. */
export const against = (value: number, aim: number): string =>
  value <= aim ? `aim ${aim} ms met` : `aim ${aim} ms missed by ${(value - aim).toFixed(1)} ms (${(value / aim).toFixed(2)} times)`

export const ms = (value: number | undefined): string => (value === undefined ? '–' : value >= 100 ? value.toFixed(0) : value.toFixed(2))

/** A table with its first column to the left and the others to the right. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]! + 2))).join(''))
    .map((line) => `  ${line}`)
    .join('\n')
}
