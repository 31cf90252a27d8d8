/**
 * Shares a supply between connectors: everybody the same, and what one does not want goes to the others.
 * Watts in, watts out, in the order given.
 */
export function shareSupply(limitW: number, wantedW: readonly number[]): readonly number[] {
  const granted = wantedW.map(() => 0)
  let left = limitW
  let hungry = wantedW.map((_, index) => index).filter((index) => wantedW[index]! > 0)
  while (hungry.length > 0 && left > 1e-6) {
    const share = left / hungry.length
    for (const index of hungry) {
      const more = Math.min(share, wantedW[index]! - granted[index]!)
      granted[index]! += more
      left -= more
    }
    hungry = hungry.filter((index) => wantedW[index]! - granted[index]! > 1e-6)
  }
  return granted
}
