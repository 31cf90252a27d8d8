import type { CarCell } from './car-cells.ts'
import { type ChargeTable, energyAfter, timeTo } from './charge-table.ts'

/** Charging inside one cell, at all the power that its limit and the battery admit; energies are metered from the start of the plan. */
export interface ChargePiece {
  readonly cell: CarCell
  readonly from: number
  readonly to: number
  readonly energyBefore: number
  readonly energyAfter: number
}

/** A moment, and the energy that is in by then. */
export interface ChargePoint {
  readonly at: number
  readonly energy: number
}

/**
 * The last millisecond may not be complete: times of charging are rounded up to whole ones, are never none, and sums of a week lose some
 * of their digits.
 */
const HAIR = 1e-3

/**
 * Charging without choice from a point on: in every cell at full power, until all energy of the table is in or the cells end.
 * Cells without power are passed, or, when it may not pause, are the end.
 */
export const chargeOn = (
  cells: readonly CarCell[],
  table: ChargeTable,
  { at, energy, mayPause }: ChargePoint & { readonly mayPause: boolean },
): readonly ChargePiece[] => {
  const all = table.energies.at(-1)!
  const pieces: ChargePiece[] = []
  let has = energy
  for (const cell of cells) {
    if (cell.to <= at) continue
    if (has >= all) break
    const from = Math.max(cell.from, at)
    if (cell.power === 0) {
      if (!mayPause) break
      continue
    }
    const began = timeTo(table, cell.power, has)
    const whole = timeTo(table, cell.power, all) - began
    const isLast = whole <= cell.to - from + HAIR
    const reached = isLast ? all : energyAfter(table, cell.power, began + (cell.to - from))
    if (reached > has) {
      const to = isLast ? Math.min(cell.to, from + Math.max(1, Math.ceil(whole - HAIR))) : cell.to
      pieces.push({ cell, from, to, energyBefore: has, energyAfter: reached })
    }
    has = reached
  }
  return pieces
}

/** The latest point from which charging without choice has in all energy of the table at the end of the cells; it lies where `enough` says so. */
export const chargeBack = (
  cells: readonly CarCell[],
  table: ChargeTable,
  enough: { readonly energy: number; readonly durationMs: number },
): ChargePoint => {
  const all = table.energies.at(-1)!
  let [energy, ms] = [all, 0]
  for (const cell of cells.toReversed()) {
    if (cell.power === 0) {
      if (enough.durationMs === Number.POSITIVE_INFINITY) continue
      const left = enough.durationMs - ms
      if (cell.to - cell.from >= left) return { at: cell.to - Math.ceil(left), energy }
      ms += cell.to - cell.from
      continue
    }
    const times = timeTo(table, cell.power, energy)
    const most = Math.min(cell.to - cell.from, enough.durationMs - ms)
    const needed = times - timeTo(table, cell.power, Math.max(0, all - enough.energy))
    if (needed <= most || most < cell.to - cell.from) {
      const lasts = Math.min(needed, most)
      return {
        at: cell.to - Math.ceil(lasts - HAIR),
        energy: lasts === needed ? Math.max(0, all - enough.energy) : energyAfter(table, cell.power, times - lasts),
      }
    }
    energy = energyAfter(table, cell.power, times - most)
    ms += most
  }
  return { at: cells[0]?.from ?? 0, energy }
}
