import { type BitRun, EMPTY, flushed, mostOf, withBits } from './bit-run.ts'

/** Lines that were made, and bits that are to be written behind them. */
export interface Made {
  readonly lines: readonly string[]
  readonly run: BitRun
}

/** The most bits that are written at once. */
const MOST = 32

export const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`)

/** A run with room for some more bits, behind what has to be written for that. */
export const roomFor = (run: BitRun, width: number, most: number): Made =>
  mostOf(run) + width <= most ? { lines: [], run } : { lines: flushed(run), run: EMPTY }

export const add = ({ lines, run }: Made, bits: string | number, width: number): Made => {
  const room = roomFor(run, width, MOST)
  return { lines: [...lines, ...room.lines], run: withBits(room.run, bits, width) }
}

export const flush = ({ lines, run }: Made): Made => ({ lines: [...lines, ...flushed(run)], run: EMPTY })

/** Notes where the object is from now on; bits that depend on where it was are written before that. */
export const moveTo = (made: Made, state: string | number | undefined): Made => {
  if (state === undefined) return made
  const { lines, run } = flushed(made.run).some((line) => /\bs\b/.test(line)) ? flush(made) : made
  return { lines: [...lines, `s = ${state}`], run }
}
