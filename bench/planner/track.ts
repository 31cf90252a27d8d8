import type { XyFigure } from '../svg/xy-chart.ts'
import type { Line, SkippedLine } from './report.ts'
import type { Stay } from './sessions.ts'

export interface TrackOptions {
  /** Sessions that sites are generated from: recorded ones where there are any. */
  readonly stays: readonly Stay[]
  /** The folder of recorded data that VOLTWAY_DATA names; what needs it says that it was skipped where there is none. */
  readonly data: string | undefined
  /** Largest instance that `highs` is given. */
  readonly highs: number
  /** Largest generated site. */
  readonly most: number
  /** A line of the report for people; silent with `--json`. */
  readonly say: (text: string) => void
  /** One figure, or what was not measured; printed with `--json` only. */
  readonly put: (line: Line | SkippedLine) => void
  /** Tells, in either form, that a part of a track was not measured, and why. */
  readonly skip: (name: string, why: string) => void
  /** A figure, kept as `planner-<name>.svg` in bench/out. */
  readonly draw: (name: string, figure: XyFigure) => void
}

/** One part of the benchmark, by the letter it is asked for with. */
export interface Track {
  readonly title: string
  readonly run: (options: TrackOptions) => Promise<void>
}
