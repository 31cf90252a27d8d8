/** Bits that are written together: their value and number as expressions, and the most that they can be. */
interface Part {
  readonly bits: string
  readonly width: string
  readonly most: number
}

/**
 * Bits that are still to be written, from left to right: at most one part whose width is known only as it is written, in front, and parts of known
 * widths behind it. Up to 32 in all.
 */
export interface BitRun {
  readonly front: Part | undefined
  readonly rest: readonly { readonly bits: string | number; readonly width: number }[]
}

export const EMPTY: BitRun = { front: undefined, rest: [] }

const restWidth = ({ rest }: BitRun): number => rest.reduce((sum, { width }) => sum + width, 0)

export const isEmpty = ({ front, rest }: BitRun): boolean => front === undefined && rest.length === 0

/** The most bits that a run can be. */
export const mostOf = (run: BitRun): number => (run.front?.most ?? 0) + restWidth(run)

export const withBits = (run: BitRun, bits: string | number, width: number): BitRun =>
  width === 0 ? run : { ...run, rest: [...run.rest, { bits, width }] }

/** The value of a run as an expression; numbers that are known are put together. */
export const bitsOf = (run: BitRun): string => {
  const terms: string[] = []
  let known = 0
  let behind = restWidth(run)
  const add = (bits: string) => terms.push(behind === 0 ? bits : `(${bits} << ${behind})`)
  if (run.front !== undefined) add(run.front.bits)
  for (const { bits, width } of run.rest) {
    behind -= width
    if (typeof bits === 'string') add(bits)
    else known += bits * 2 ** behind
  }
  return [...terms, ...(known > 0 || terms.length === 0 ? [known] : [])].join(' | ')
}

/** The number of bits of a run as an expression. */
export const widthOf = (run: BitRun): string => {
  const known = restWidth(run)
  if (run.front === undefined) return `${known}`
  return known === 0 ? run.front.width : `${run.front.width} + ${known}`
}

/** The statement that writes a run; none where it is empty. */
export const flushed = (run: BitRun): readonly string[] => {
  if (isEmpty(run)) return []
  const bits = bitsOf(run)
  return [bits === '0' ? `writer.zeros(${widthOf(run)})` : `writer.bits(${bits}, ${widthOf(run)})`]
}
