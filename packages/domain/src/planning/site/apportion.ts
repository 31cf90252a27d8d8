/** What is shared out by need: each share at most what its car can take. */
export interface Claims {
  readonly needs: readonly number[]
  readonly most: readonly number[]
}

const shareAt = ({ needs, most }: Claims, index: number, level: number): number =>
  level >= 1 ? most[index]! : Math.min(most[index]!, Math.floor(level * needs[index]! + 0.5))

const sumAt = (claims: Claims, level: number): number => {
  let sum = 0
  for (let index = 0; index < claims.needs.length; index++) sum += shareAt(claims, index, level)
  return sum
}

/** Two levels next to each other, or closer than that: no more than the amount is shared at the lower, and no less at the higher. */
const enclose = (amount: number, claims: Claims): { readonly low: number; readonly high: number } => {
  let low = { level: 0, sum: sumAt(claims, 0) }
  let high = { level: 1, sum: sumAt(claims, 1) }
  // In turns by the straight line between the two, which is nearly right, and by half, which always ends.
  for (let turn = 0; high.sum !== amount && low.sum !== amount; turn++) {
    const part = turn % 2 === 0 ? (amount - low.sum + 0.5) / (high.sum - low.sum + 1) : 0.5
    const level = low.level + (high.level - low.level) * part
    if (level <= low.level || level >= high.level) break
    const middle = { level, sum: sumAt(claims, level) }
    if (middle.sum < amount) low = middle
    else high = middle
  }
  return { low: low.level, high: high.level }
}

/**
 * Shares a whole amount out in proportion to needs, to the nearest whole unit (the method of Webster and Sainte-Laguë): the
 * least sum of share² / need, so that no unit moved from one to another would bring their satisfaction closer together.
 * @param amount at most the sum of `most`
 */
export const apportion = (amount: number, claims: Claims): readonly number[] => {
  const { needs } = claims
  const { low, high } = enclose(amount, claims)
  const shares = needs.map((_, index) => shareAt(claims, index, low))
  let rest = amount - shares.reduce((sum, share) => sum + share, 0)
  for (let index = 0; index < shares.length && rest > 0; index++) {
    const more = Math.min(rest, shareAt(claims, index, high) - shares[index]!)
    shares[index]! += more
    rest -= more
  }
  return shares
}
