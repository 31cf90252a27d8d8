import { epochMs, watts } from '@voltway/units'
import type { PowerStep } from './plan.ts'
import type { GridCell } from './price-grid.ts'

interface Filled {
  readonly cell: GridCell
  readonly wattMs: number
}

/** Cheapest cells first; of equal ones the later, so that charging runs through to the end. */
const fill = (cells: readonly GridCell[], wattMs: number, power: number): readonly Filled[] => {
  let left = wattMs
  const filled: Filled[] = []
  for (const cell of cells.toSorted((a, b) => a.perKwh - b.perKwh || b.from - a.from)) {
    const taken = Math.min(left, power * (cell.to - cell.from))
    if (taken > 0) filled.push({ cell, wattMs: taken })
    left -= taken
  }
  return filled.sort((a, b) => a.cell.from - b.cell.from)
}

/**
 * The curve that puts an energy into the cheapest moments of cells that follow each other: full power or none. A cell that is
 * used in part is used where it touches charging, so that the car is not stopped and started without need.
 */
export const fillCells = (cells: readonly GridCell[], wattMs: number, power: number): readonly PowerStep[] => {
  const filled = fill(cells, wattMs, power)
  const steps: { from: number; to: number }[] = []
  for (const [index, { cell, wattMs: taken }] of filled.entries()) {
    const lasts = Math.ceil(taken / power)
    const joinsNext = filled[index + 1]?.cell.from === cell.to && steps.at(-1)?.to !== cell.from
    const from = joinsNext ? cell.to - lasts : cell.from
    const last = steps.at(-1)
    if (last?.to === from) last.to = from + lasts
    else steps.push({ from, to: from + lasts })
  }
  return steps.map(({ from, to }) => ({ from: epochMs(from), to: epochMs(to), power: watts(power) }))
}
