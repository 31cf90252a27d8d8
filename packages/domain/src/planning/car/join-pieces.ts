import type { CarCell } from './car-cells.ts'
import type { ChargePiece } from './charge-pieces.ts'
import { type ChargeTable, energyAfter, timeTo } from './charge-table.ts'
import type { Found } from './search-setting.ts'

interface Stretch {
  readonly from: number
  readonly to: number
  readonly cells: readonly CarCell[]
}

const isLike = (a: CarCell, b: CarCell) =>
  a.perKwh === b.perKwh && a.perMinute === b.perMinute && a.grams === b.grams && a.power === b.power

/** Neighbouring cells among which it does not matter where energy is charged; none reaches over an hour by which some has to be in. */
const stretchesOf = (cells: readonly CarCell[], by: number | undefined): readonly Stretch[] => {
  const stretches: { from: number; to: number; cells: CarCell[] }[] = []
  for (const cell of cells) {
    const last = stretches.at(-1)
    if (last?.to === cell.from && cell.from !== by && isLike(last.cells[0]!, cell)) {
      last.to = cell.to
      last.cells.push(cell)
    } else stretches.push({ from: cell.from, to: cell.to, cells: [cell] })
  }
  return stretches
}

/** One run of charging, cut at the cells' edges again. */
const cutRun = (cells: readonly CarCell[], table: ChargeTable, run: { from: number; to: number; before: number; after: number }) => {
  const pieces: ChargePiece[] = []
  let has = run.before
  for (const cell of cells) {
    const [from, to] = [Math.max(cell.from, run.from), Math.min(cell.to, run.to)]
    if (to <= from) continue
    const reached =
      to === run.to ? run.after : Math.min(run.after, energyAfter(table, cell.power, timeTo(table, cell.power, has) + (to - from)))
    if (reached > has) pieces.push({ cell, from, to, energyBefore: has, energyAfter: reached })
    has = reached
  }
  return pieces
}

/**
 * The same plan with what is charged in stretches of one price in one run each, where it touches other charging: a car is not
 * stopped and started without need. Neither its start nor what it costs changes by it, and it never ends later; what comes before a
 * last part neither, where it is to be in soonest.
 */
export const joinPieces = (
  found: Found,
  { cells, table, by, isSoonest }: { cells: readonly CarCell[]; table: ChargeTable; by: number | undefined; isSoonest: boolean },
): Found => {
  const head = found.head ?? Number.POSITIVE_INFINITY
  const [free, fixed] = [
    found.pieces.filter(({ energyBefore }) => energyBefore < head),
    found.pieces.filter(({ energyBefore }) => energyBefore >= head),
  ]
  const lastEnd = free.at(-1)?.to ?? found.end
  const moved: ChargePiece[] = [...fixed].reverse()
  for (const stretch of stretchesOf(cells, by).toReversed()) {
    const own = free.filter(({ from, to }) => from >= stretch.from && to <= stretch.to)
    const [first, last] = [own[0], own.at(-1)]
    if (!first || !last) continue
    const { power } = first.cell
    const lasts = Math.ceil(timeTo(table, power, last.energyAfter) - timeTo(table, power, first.energyBefore) - 1e-6)
    const [opens, closes] = [Math.max(stretch.from, found.start), Math.min(stretch.to, fixed[0]?.from ?? stretch.to)]
    const touchesBefore = free.some(({ to }) => to === opens)
    // Without a last part, what comes last may as well be done sooner.
    const isLast = last.to === lastEnd && (fixed.length === 0 || isSoonest)
    const isEarly = isLast || (moved.at(-1)?.from !== closes && touchesBefore)
    const from = isEarly ? opens : Math.max(opens, closes - lasts)
    const run = { from, to: Math.min(closes, from + lasts), before: first.energyBefore, after: last.energyAfter }
    moved.push(...cutRun(stretch.cells, table, run).reverse())
  }
  const pieces = moved.reverse()
  return { ...found, end: pieces.at(-1)!.to, pieces }
}
