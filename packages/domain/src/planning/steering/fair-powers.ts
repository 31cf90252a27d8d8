/** Somebody who wants power below the site and a station. */
export interface FairClaim {
  readonly station: number
  readonly minimum: number
  readonly maximum: number
}

/** All rise together until their maximum, their station or the site is full (max-min fairness by progressive filling). */
const fill = (claims: readonly FairClaim[], present: ReadonlySet<number>, limits: readonly number[]): number[] => {
  const shares = claims.map(() => 0)
  const left = [...limits]
  const rising = new Set(present)
  while (rising.size > 0) {
    const counts = left.map((_, node) => [...rising].filter((index) => node === 0 || claims[index]!.station + 1 === node).length)
    let step = Math.min(...[...rising].map((index) => claims[index]!.maximum - shares[index]!))
    for (const [node, count] of counts.entries()) if (count > 0) step = Math.min(step, Math.max(0, left[node]!) / count)
    for (const index of rising) shares[index]! += step
    for (const [node, count] of counts.entries()) left[node]! -= step * count
    for (const index of rising) {
      const { station, maximum } = claims[index]!
      if (maximum - shares[index]! < 1e-6 || left[0]! < 1e-6 || left[station + 1]! < 1e-6) rising.delete(index)
    }
  }
  return shares
}

/**
 * Fair shares of what is there, in W: as even as maxima, stations and site allow. Where a share would be below its minimum, the
 * last of the list wait, so that the others can charge.
 * @param limits of the site, then of each station
 */
export const fairPowers = (claims: readonly FairClaim[], limits: readonly number[]): readonly number[] => {
  const present = new Set(claims.keys())
  for (;;) {
    const shares = fill(claims, present, limits)
    const starved = [...present].findLast((index) => shares[index]! < claims[index]!.minimum - 1e-6)
    if (starved === undefined) return shares
    present.delete(starved)
  }
}
