/** What is shared out by need: each share at most what its car can take. */
export interface Claims {
  readonly needs: readonly number[]
  readonly most: readonly number[]
}

const shareAt = ({ needs, most }: Claims, index: number, level: number): number =>
  Math.min(most[index]!, Math.floor(level * needs[index]! + 0.5))

const sumAt = (claims: Claims, level: number): number => {
  let sum = 0
  for (let index = 0; index < claims.needs.length; index++) sum += shareAt(claims, index, level)
  return sum
}

/**
 * Shares a whole amount out in proportion to needs, to the nearest whole unit (the method of Webster and Sainte-Laguë): the
 * least sum of share² / need, so that no unit moved from one to another would bring their satisfaction closer together.
 * @param amount at most the sum of `most`
 */
export const apportion = (amount: number, claims: Claims): readonly number[] => {
  const { needs } = claims
  let [low, high] = [0, 1]
  // Shares only change at levels (k + 1/2) / need: bisection ends between two of them, or at one.
  while (sumAt(claims, high) < amount) high *= 2
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) break
    if (sumAt(claims, middle) < amount) low = middle
    else high = middle
  }
  const shares = needs.map((_, index) => shareAt(claims, index, low))
  let rest = amount - shares.reduce((sum, share) => sum + share, 0)
  for (let index = 0; index < shares.length && rest > 0; index++) {
    const more = Math.min(rest, shareAt(claims, index, high) - shares[index]!)
    shares[index]! += more
    rest -= more
  }
  return shares
}
