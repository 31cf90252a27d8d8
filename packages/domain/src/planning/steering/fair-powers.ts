import type { LimitUse } from './limit-rows.ts'

/** Somebody who wants power below some limits. */
export interface FairClaim {
  readonly uses: readonly LimitUse[]
  readonly minimum: number
  readonly maximum: number
}

const HAIR = 1e-6

/** All rise together until their maximum or one of their limits is reached (max-min fairness by progressive filling). */
const fill = (claims: readonly FairClaim[], present: ReadonlySet<number>, limits: readonly number[]): number[] => {
  const shares = claims.map(() => 0)
  const left = [...limits]
  const rising = new Set(present)
  while (rising.size > 0) {
    const weights = left.map(() => 0)
    let step = Number.POSITIVE_INFINITY
    for (const index of rising) {
      step = Math.min(step, claims[index]!.maximum - shares[index]!)
      for (const { row, share } of claims[index]!.uses) weights[row]! += share
    }
    for (const [row, weight] of weights.entries()) if (weight > 0) step = Math.min(step, Math.max(0, left[row]!) / weight)
    for (const index of rising) shares[index]! += step
    for (const [row, weight] of weights.entries()) left[row]! -= step * weight
    for (const index of rising) {
      const { uses, maximum } = claims[index]!
      if (maximum - shares[index]! < HAIR || uses.some(({ row }) => left[row]! < HAIR)) rising.delete(index)
    }
  }
  return shares
}

/**
 * Fair shares of what is there, in W: as even as maxima and limits allow. Where a share would be below its minimum, the last of the
 * list wait, so that the others can charge.
 * @param limits by row
 */
export const fairPowers = (claims: readonly FairClaim[], limits: readonly number[]): readonly number[] => {
  const present = new Set(claims.keys())
  for (;;) {
    const shares = fill(claims, present, limits)
    const starved = [...present].findLast((index) => shares[index]! < claims[index]!.minimum - HAIR)
    if (starved === undefined) return shares
    present.delete(starved)
  }
}
