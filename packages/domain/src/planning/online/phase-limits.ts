import type { Amperes } from '@voltway/units'

/** Between which two lines a load is connected. */
export type LinePair = 'AB' | 'BC' | 'CA'
export const LINE_PAIRS: readonly LinePair[] = ['AB', 'BC', 'CA']

/** Amperes that flow between each two lines. */
export type PairLoads = Readonly<Record<LinePair, number>>

/**
 * A current that is limited, as the vector sum of parts of the three loads: of line A of a site in delta, which carries what flows to
 * B less what comes from C, `{ AB: 1, BC: 0, CA: -1 }`.
 */
export interface LimitedCurrent {
  readonly parts: PairLoads
  readonly most: Amperes
}

/** What the lines of a site can carry. */
export interface PhaseLimits {
  /** How near its currents come to their limits: at most 1 when all keep them. */
  readonly usage: (loads: PairLoads) => number
  /** Amperes that may still flow between two lines on top of what flows; negative when it is too much already. */
  readonly room: (loads: PairLoads, pair: LinePair) => number
}

/** The angle of each load's current at unity power factor, in degrees. */
const ANGLES: PairLoads = { AB: 30, BC: -90, CA: 150 }

/** A current by its real and imaginary part for each ampere of a load, as shares of its limit. */
interface Vector {
  readonly re: PairLoads
  readonly im: PairLoads
}

const forPairs = (of: (pair: LinePair) => number): PairLoads => ({ AB: of('AB'), BC: of('BC'), CA: of('CA') })

const vectorOf = ({ parts, most }: LimitedCurrent): Vector => {
  const angle = (pair: LinePair) => (ANGLES[pair] * Math.PI) / 180
  return {
    re: forPairs((pair) => (parts[pair] * Math.cos(angle(pair))) / most),
    im: forPairs((pair) => (parts[pair] * Math.sin(angle(pair))) / most),
  }
}

const sumOf = (each: PairLoads, loads: PairLoads): number => each.AB * loads.AB + each.BC * loads.BC + each.CA * loads.CA

/** The larger root in x of |current + x * part| = 1: how far a load may grow below one limit. */
const growth = ({ re, im }: Vector, loads: PairLoads, pair: LinePair): number => {
  const real = sumOf(re, loads)
  const imaginary = sumOf(im, loads)
  const spare = 1 - real * real - imaginary * imaginary
  if (spare < 0) return -1
  const square = re[pair] ** 2 + im[pair] ** 2
  if (square === 0) return Number.POSITIVE_INFINITY
  const half = re[pair] * real + im[pair] * imaginary
  return (Math.sqrt(half * half + square * spare) - half) / square
}

/** The limits of a site whose loads are in delta: what it can carry is convex, as each current is a norm of the loads. */
export const phaseLimits = (currents: readonly LimitedCurrent[]): PhaseLimits => {
  const vectors = currents.map(vectorOf)
  const usage = (loads: PairLoads): number => {
    let most = 0
    for (const { re, im } of vectors) most = Math.max(most, Math.hypot(sumOf(re, loads), sumOf(im, loads)))
    return most
  }
  const room = (loads: PairLoads, pair: LinePair): number => {
    let least = Number.POSITIVE_INFINITY
    for (const vector of vectors) least = Math.min(least, growth(vector, loads, pair))
    return least
  }
  return { usage, room }
}
