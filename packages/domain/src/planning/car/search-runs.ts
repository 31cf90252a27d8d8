import { type ChargePiece, chargeBack, chargeOn } from './charge-pieces.ts'
import { type Found, isBetter, type SearchSetting, unitOf } from './search-setting.ts'

/** Energy that is in by an edge of the cells. */
export const energyBy = (pieces: readonly ChargePiece[], by: number): number => pieces.findLast(({ to }) => to <= by)?.energyAfter ?? 0

/**
 * The best charge of a window that never pauses, at all the power there is: over every start that a cell offers; or, when it is to
 * end with the window, the one that does. O(cells^2).
 */
export const searchRuns = (setting: SearchSetting, endsLast: boolean): Found | undefined => {
  const { cells, table, goal, weights, fixedAt, minutesTo, minimum, cap } = setting
  const all = table.energies.at(-1)!
  const whole = { energy: all, durationMs: Number.POSITIVE_INFINITY }
  const starts = endsLast ? [chargeBack(cells, table, whole).at] : cells.flatMap(({ from, startsPlan }) => (startsPlan ? [from] : []))
  let best: Found | undefined
  for (const start of starts) {
    const pieces = chargeOn(cells, table, { at: start, energy: 0, mayPause: false })
    const last = pieces.at(-1)
    if (last?.energyAfter !== all || pieces[0]!.from !== start) continue
    if (minimum && energyBy(pieces, minimum.by) < minimum.energy - 1e-6) continue
    const energy = pieces.reduce(
      (sum, { cell, energyBefore, energyAfter }) => sum + unitOf(cell, weights) * (energyAfter - energyBefore),
      0,
    )
    const weighed = energy + weights.money * (fixedAt(start) + minutesTo(last.to) - minutesTo(start))
    const found: Found = { start, end: last.to, weighed, pieces, ...(endsLast && { keepsLast: true }) }
    if (weighed <= cap && isBetter(goal, found, best)) best = found
  }
  return best
}
